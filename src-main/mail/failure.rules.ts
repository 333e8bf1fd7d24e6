import type { MailFailure } from '#contract/certificate-view'

/** RFC 5321: what a server says of an address that it does not have, when it gives no closer reason. */
const NO_SUCH_ADDRESS = ['550', '551', '553']

/**
 * Why an attempt failed, from the short reason that delivery wrote (`550 5.1.1 after RCPT TO`, `ECONNREFUSED`), as a person can
 * act on it. What is not known counts as our own trouble, so that nobody is told to mend a right address.
 */
export function mailFailure(reason: string): MailFailure {
  const [, code, enhanced = '', step = ''] = /^([45]\d\d)(?: (\d\.\d+\.\d+))?(?: after (.+))?$/.exec(reason) ?? []
  if (code === undefined)
    return /^(?:ECONN|EDNS|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ESOCKET|ETIME)|^no answer$/.test(reason)
      ? 'unreachable'
      : 'own'
  // RFC 3463: x.2.2 mailbox full, x.1.x the address.
  if (/^\d\.2\.2$/.test(enhanced) || (enhanced === '' && code === '552')) return 'mailbox-full'
  if (code.startsWith('4')) return 'busy'
  if (step !== 'RCPT TO' && step !== 'DATA') return 'own'
  if (/^5\.1\./.test(enhanced) || enhanced === '5.2.1') return 'address'
  return enhanced === '' && step === 'RCPT TO' && NO_SUCH_ADDRESS.includes(code) ? 'address' : 'refused'
}
