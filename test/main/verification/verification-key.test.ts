import { describe, expect, it, onTestFinished } from 'vitest'
import { checkCertificate, verificationKeyReply } from '#domain/verification/verification'
import { openDataDirectory } from '#main/app/compose'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { ensureSigningKey } from '#main/features/verification/rotate-keys.action'
import { publicKeys } from '#main/features/verification/verification.repo'
import { openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const NUMBER = '在1番Y25071798'
const keyOf = async (portal: Portal) =>
  verificationKeyReply.parse((await portal.visitor().call('GET', '/verification-key')).body)

const withCertificate = async (changes: Record<string, unknown> = {}) => {
  const portal = await openPortal()
  const person = await portal.signedIn()
  const { data } = portal
  const line = JSON.stringify(certificateLine(person.userId, NUMBER, changes))
  await importCertificates(data.db, line, { actor: 'operator', mailer: data.mailer }, portal.now())
  return { portal, ...person }
}

describe('the key that signs certificates', () => {
  it('is made at the first start, and its public half told to everybody', async () => {
    const portal = await openPortal()
    const answer = await portal.visitor().call('GET', '/verification-key')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const [key] = verificationKeyReply.parse(answer.body).keys
    expect(answer.body).toMatchObject({ current: key?.kid, training: false })
    expect(key).toMatchObject({ madeAt: '2026-11-22T00:00:00.000Z', retiredAt: null })
    expect(JSON.stringify(answer.body)).not.toMatch(/"(?:d|sealed)"/)
  })

  it('stays through a restart, a second process and a second first start', async () => {
    const portal = await openPortal()
    const before = await keyOf(portal)
    await portal.restart()
    const other = await openDataDirectory(portal.config, true)
    onTestFinished(() => other.close())
    expect(await ensureSigningKey(other.db, portal.now())).toBe('ready')
    expect(before).toMatchObject(await publicKeys(other.db, false))
    expect(await keyOf(portal)).toEqual(before)
  })

  it('stands in the OpenAPI', async () => {
    const portal = await openPortal()
    const { body } = await portal.visitor().call('GET', '/openapi.json')
    expect(body).toHaveProperty(['paths', '/verification-key', 'get', 'responses', '200'])
  })
})

describe('what the service writes can be checked with the published key', () => {
  it('the mail, and its reminder seven days later', async () => {
    const { portal, email } = await withCertificate()
    const known = await keyOf(portal)
    const first = await portal.lastMailTo(email)
    await recordMailAccepted(portal.data.db, NUMBER, portal.now())
    portal.wait('P7D')
    await portal.runJobs()
    const reminder = await portal.lastMailTo(email)
    expect(reminder.subject).toContain('受領登録のお願い')
    for (const { text } of [first, reminder]) {
      expect((await checkCertificate(text, known)).verdict).toBe('unaltered')
      expect((await checkCertificate(text.replace('Y25071798', 'Y25071789'), known)).verdict).toBe('altered')
    }
  })

  it('the code of the printed certificate', async () => {
    const { portal, visitor } = await withCertificate()
    const { body } = await visitor.call('GET', `/receipts/${encodeURIComponent(NUMBER)}`)
    expect((await checkCertificate(String(body['code']), await keyOf(portal))).verdict).toBe('unaltered')
  })

  it('and there is no code where nothing could read it', async () => {
    const { visitor } = await withCertificate({ remarks: '備考。'.repeat(300) })
    const { body } = await visitor.call('GET', `/receipts/${encodeURIComponent(NUMBER)}`)
    expect(body['code']).toBeNull()
  })

  it('but not with that of another program', async () => {
    const [one, other] = [await withCertificate(), await openPortal()]
    const { text } = await one.portal.lastMailTo(one.email)
    expect(await checkCertificate(text, await keyOf(other))).toMatchObject({ verdict: 'not-ours' })
  })
})
