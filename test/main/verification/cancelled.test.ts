import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isListSignedWith } from '#domain/verification/cancelled-certificates'
import { checkCertificate, verificationKeyReply } from '#domain/verification/verification'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'
import { makeKey, publish, signedMail } from './signed-mails'

const NUMBER = '在1番Y25071798'
const NEW_NUMBER = '在1番Y25071806'

const knownOf = async (portal: Portal) =>
  verificationKeyReply.parse((await portal.visitor().call('GET', '/verification-key')).body)

async function replaced() {
  const portal = await openPortal()
  const { userId, email } = await portal.register()
  const line = JSON.stringify(certificateLine(userId, NUMBER))
  await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
  const { text } = await portal.lastMailTo(email)
  const before = await knownOf(portal)
  portal.wait('PT20H')
  const { userId: _, ...certificate } = certificateLine(userId, NEW_NUMBER)
  const clerk = await staffMember(portal)
  const done = await clerk.call('POST', `/staff/certificates/${NUMBER}/reissue`, { reason: 'wrong name', certificate })
  expect(done.status).toBe(201)
  const fresh = (await portal.lastMailTo(email)).text
  return { portal, text, fresh, before }
}
const standingOf = async (text: string, known: Parameters<typeof checkCertificate>[1]) => {
  const found = await checkCertificate(text, known)
  return 'standing' in found ? { verdict: found.verdict, standing: found.standing } : found
}

describe('a certificate that was cancelled', () => {
  it('is known as that to everybody who asks, by its line; the one in its place holds', async () => {
    const { portal, text, fresh, before } = await replaced()
    expect(await standingOf(text, before)).toEqual({
      verdict: 'unaltered',
      standing: { kind: 'holds', asOf: '2026-11-22T00:00:00.000Z' },
    })
    const known = await knownOf(portal)
    const asOf = '2026-11-22T20:00:00.000Z'
    expect(await standingOf(text, known)).toEqual({
      verdict: 'unaltered',
      standing: { kind: 'replaced', on: '2026-11-23', asOf },
    })
    expect(await standingOf(text.replace('VAN AN', 'VAN ANH'), known)).toMatchObject({
      verdict: 'altered',
      standing: { kind: 'replaced' },
    })
    expect(await standingOf(fresh, known)).toEqual({ verdict: 'unaltered', standing: { kind: 'holds', asOf } })
  })

  it('stands in a list that tells nothing to who does not hold it, and is signed', async () => {
    const { portal } = await replaced()
    const { cancelled, keys } = await knownOf(portal)
    if (!cancelled) throw new Error('there is no list')
    expect(cancelled.items).toEqual([
      { id: expect.stringMatching(/^[\w-]{22}$/) as string, on: '2026-11-23', replaced: true },
    ])
    expect(JSON.stringify(cancelled)).not.toMatch(/Y2507|NGUYEN|1998/)
    expect(await isListSignedWith(cancelled, keys[0]?.x ?? '')).toBe(true)
    for (const forged of [
      { ...cancelled, items: [] },
      { ...cancelled, asOf: '2027-01-01T00:00:00.000Z' },
      { ...cancelled, signature: 'AAAA' },
      { ...cancelled, signature: '!' },
    ])
      expect(await isListSignedWith(forged, keys[0]?.x ?? '')).toBe(false)
  })

  it('cannot be told where the list is missing, or is not from the service', async () => {
    const { portal, text } = await replaced()
    const { cancelled, ...known } = await knownOf(portal)
    expect(await standingOf(text, known)).toEqual({ verdict: 'unaltered', standing: { kind: 'unknown' } })
    if (!cancelled) throw new Error('there is no list')
    const emptied = { ...known, cancelled: { ...cancelled, items: [] } }
    expect(await standingOf(text, emptied)).toEqual({ verdict: 'unaltered', standing: { kind: 'unknown' } })
  })
})

describe('a key that signs no more', () => {
  it.each([
    { retired: '2025-07-22T14:59:59.999Z', verdict: 'not-ours' },
    { retired: '2025-07-22T15:00:00.000Z', verdict: 'unaltered' },
    { retired: '2025-07-22T15:00:01.000Z', verdict: 'unaltered' },
  ])('taken out of use at $retired: a certificate of 23 July is $verdict (the day begins in Tokyo)', async (row) => {
    const key = await makeKey()
    const mail = await signedMail(key)
    const known = publish(key)
    const keys = known.keys.map((one) => ({ ...one, retiredAt: row.retired }))
    expect(Temporal.PlainDate.from(mail.content.issuedOn).toString()).toBe('2025-07-23')
    const found = await checkCertificate(mail.text, { ...known, keys })
    expect(found).toMatchObject(
      row.verdict === 'unaltered' ? { verdict: 'unaltered' } : { verdict: 'not-ours', reason: 'key-retired' },
    )
  })
})
