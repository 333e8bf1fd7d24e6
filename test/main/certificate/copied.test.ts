import { describe, expect, it } from 'vitest'
import { certificateView } from '#contract/http/certificate/certificate-view'
import { checkCertificate, verificationKeyReply } from '#domain/verification/verification'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { certificateText } from '../../../src-renderer/screens/certificate/certificate-text'
import { openPortal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const NUMBER = '在1番Y25071798'

/** A certificate as its owner's screen has it, and the keys by which it can be checked. */
async function readCertificate() {
  const portal = await openPortal()
  const { userId, visitor } = await portal.signedIn()
  const remarks = '家族滞在　「A/B」と 同行'
  const line = JSON.stringify(certificateLine(userId, NUMBER, { remarks }))
  const source = { actor: 'operator', mailer: portal.data.mailer }
  await importCertificates(portal.data.db, line, source, portal.now())
  const view = certificateView.parse((await visitor.call('GET', `/receipts/${encodeURIComponent(NUMBER)}`)).body)
  const keys = verificationKeyReply.parse((await visitor.call('GET', '/verification-key')).body)
  return { view, keys }
}

describe('a certificate that was copied or printed', () => {
  it('is found unaltered as copied text and in its QR code', async () => {
    const { view, keys } = await readCertificate()
    expect((await checkCertificate(certificateText(view), keys)).verdict).toBe('unaltered')
    expect((await checkCertificate(view.code ?? '', keys)).verdict).toBe('unaltered')
  })

  it('is found altered when one sign of its number changed', async () => {
    const { view, keys } = await readCertificate()
    const altered = certificateText(view).replace(NUMBER, '在1番Y25071799')
    expect(await checkCertificate(altered, keys)).toMatchObject({
      verdict: 'altered',
      fields: expect.arrayContaining([expect.objectContaining({ state: 'altered', shown: '在1番Y25071799' })]),
    })
  })
})
