import { describe, expect, it } from 'vitest'
import { signedLinesIn } from '#domain/verification/verification-line'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { signedLine } from '#main/features/certificate/signed-certificate.action'
import { createServiceToken } from '#main/features/staff-session/staff-session.repo'
import { openPortal, type Portal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'

const NUMBER = '在1番Y25071798'

/** What of a text carries a signature of this program. */
const signaturesIn = async (text: string) =>
  (await signedLinesIn(text.replaceAll('\\n', '\n'))).lines.map((line) => Buffer.from(line.signature).toString('hex'))

/** The signatures of the certificates that were issued, and written down. */
async function issuedSignatures(portal: Portal): Promise<string[]> {
  const rows = await portal.data.db
    .selectFrom('certificates')
    .innerJoin('audit', (join) =>
      join.on((eb) =>
        eb('audit.subject', '=', eb.fn<string>('concat', [eb.val('certificate:'), 'certificates.number'])),
      ),
    )
    .select('signed_line')
    .where('audit.action', '=', 'certificate.issued')
    .execute()
  return (await Promise.all(rows.map(({ signed_line }) => signaturesIn(signed_line ?? '')))).flat()
}

const withCertificate = async () => {
  const portal = await openPortal()
  const owner = await portal.signedIn()
  const line = JSON.stringify(certificateLine(owner.userId, NUMBER))
  await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
  return { portal, owner }
}

describe('a signature over what was not issued', () => {
  it('is not in the preview: there it says where the line will stand', async () => {
    const { portal, owner } = await withCertificate()
    const clerk = await staffMember(portal)
    const { userId, ...certificate } = certificateLine(owner.userId, '在1番Y99999999', { nameEn: 'FORGED NAME' })
    const { status, body } = await clerk.call('POST', '/staff/certificates/preview', { userId, certificate })
    expect(status).toBe(200)
    for (const part of ['text', 'html']) {
      expect(await signaturesIn(String(body[part]))).toEqual([])
      expect(String(body[part])).toContain('FORGED NAME')
      expect(String(body[part])).toContain('交付すると、ここに符号が入ります')
      expect(String(body[part])).toContain(
        'The letters and numbers will stand here once the certificate has been issued.',
      )
    }
    const rows = await portal.data.db.selectFrom('certificates').select('number').execute()
    expect(rows).toEqual([{ number: NUMBER }])
  })

  it('cannot be had: what is signed is read from the table', async () => {
    const { portal } = await withCertificate()
    await expect(signedLine(portal.data.db, '在1番Y99999999', portal.now())).rejects.toThrow()
  })

  it('is in no answer of any route, and in no mail', async () => {
    const { portal, owner } = await withCertificate()
    const { token } = await createServiceToken(portal.data.db, 'examination', portal.now())
    const plain = portal.visitor()
    const callers: Record<string, Visitor> = {
      owner: owner.visitor,
      clerk: await staffMember(portal, 'clerk'),
      admin: await staffMember(portal, 'admin'),
      system: {
        ...plain,
        call: (method, path, body) => plain.call(method, path, body, { Authorization: `Bearer ${token}` }),
      },
    }
    const { userId, ...form } = certificateLine(owner.userId, '在1番Y99999999', { nameEn: 'FORGED NAME' })
    // One body for all: each route takes of it what it knows.
    const bodies = [
      { userId, certificate: form, reason: 'r', lines: JSON.stringify({ userId, ...form, birthDate: 'x' }) },
      { ...form, userId, reason: 'r', email: owner.email, issuedOn: '2999-01-01' },
      {
        publishedAt: '2026-11-22T00:00:00Z',
        important: false,
        title: { ja: form.certificateNumber },
        body: { ja: form.nameEn },
      },
      { to: owner.email, email: owner.email, language: 'ja', currentPassword: owner.password },
      {},
    ]
    const { body } = await portal.visitor().call('GET', '/openapi.json')
    const routes = Object.entries(body['paths'] as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const))
      .filter(([method, path]) => !/session$|people|not-me|deletion|password/.test(path) || method === 'GET')
      .filter(([, path]) => !/reissue$/.test(path))
    const found: string[] = []
    const mayCall = (path: string, who: string) =>
      who === 'system' ? path === '/certificates' : path.startsWith('/staff') === (who !== 'owner')
    for (const [method, path] of routes)
      for (const [who, caller] of Object.entries(callers).filter(([who]) => mayCall(path, who)))
        for (const sent of method === 'GET' || method === 'DELETE' ? [undefined] : bodies) {
          const place = path
            .replace(/\{(?:number|certificateNumber)\}/g, encodeURIComponent(NUMBER))
            .replace(/\{\w+\}/g, 'x')
          const { text, status } = await caller.call(method, place, sent)
          expect(status, `${method} ${place} by ${who}`).not.toBe(500)
          found.push(...(await signaturesIn(text)))
        }
    for (const { text } of await portal.mails()) found.push(...(await signaturesIn(text)))
    const issued = await issuedSignatures(portal)
    expect(new Set(found)).toEqual(new Set(issued))
    expect(issued.length).toBeGreaterThan(0)
  })
})
