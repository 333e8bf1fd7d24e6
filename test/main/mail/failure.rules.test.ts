import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DELIVERY_FAILURES, isOwnFailure, RECIPIENT_FAILURES, tellFailure } from '#contract/http/mail-failure'
import { classify, isForGood, mailFailure } from '#main/mail/delivery/failure.rules'

const read = (line: string, step: string) => {
  const [, code = '', enhanced = ''] = /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?/.exec(line) ?? []
  const behind = /\(#(\d\.\d+\.\d+)\)/.exec(line)?.[1] ?? ''
  return { code: Number(code), enhanced: enhanced || behind, step, text: line }
}

/** What servers really say, with where it was found; the classes by RFC 3463, RFC 4954, RFC 5321, RFC 7372. */
describe.each([
  // The recipient
  [
    'RCPT TO',
    '550 5.1.1 <an@example.jp>: Recipient address rejected: User unknown in local recipient table',
    'address',
  ],
  [
    'RCPT TO',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking',
    'address',
  ],
  ['RCPT TO', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)', 'address'],
  ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied. [DB5EUR01FT054]', 'address'],
  ['RCPT TO', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup', 'address'],
  ['RCPT TO', '550 5.2.1 The email account that you tried to reach is disabled.', 'address'],
  ['RCPT TO', '550 Unknown user an@docomo.ne.jp', 'address'],
  ['RCPT TO', '550 <an@ezweb.ne.jp>: User unknown', 'address'],
  ['RCPT TO', '550 Invalid recipient: <an@softbank.ne.jp>', 'address'],
  ['RCPT TO', '550 no', 'address'],
  ['RCPT TO', '501 5.1.3 Bad recipient address syntax', 'address'],
  ['RCPT TO', '501 Syntax error in parameters', 'address'],
  ['RCPT TO', '553 5.1.2 We weren’t able to find the recipient domain', 'address'],
  ['RCPT TO', '550 5.4.4 Unable to route: Host not found', 'address'],
  ['RCPT TO', '556 5.1.10 Recipient address has null MX', 'address'],
  ['DATA', "554 delivery error: dd This user doesn't have a yahoo.com account (an@yahoo.com)", 'address'],
  ['RCPT TO', '552 5.2.2 <an@example.jp>: Mailbox full', 'mailbox-full'],
  ['RCPT TO', '552-5.2.2 The recipient’s inbox is out of storage space and inactive.', 'mailbox-full'],
  ['RCPT TO', '452 4.2.2 The recipient’s inbox is out of storage space.', 'mailbox-full'],
  ['DATA', '552 Requested mail action aborted: exceeded storage allocation', 'mailbox-full'],
  ['DATA', '552 5.3.4 Message size exceeds fixed limit', 'refused'],
  ['DATA', '550 5.6.7 The message contains international characters', 'refused'],
  ['DATA', '554 Transaction failed', 'refused'],
  ['RCPT TO', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required', 'refused'],
  // Later
  ['RCPT TO', '450 4.2.0 <an@example.jp>: Recipient address rejected: Greylisted', 'busy'],
  ['RCPT TO', '451 4.7.1 Greylisting in action, please come back later', 'busy'],
  ['DATA', '421 4.7.0 Try again later, closing connection.', 'busy'],
  ['DATA', '451 4.3.0 Error: queue file write error', 'busy'],
  // The office
  ['RCPT TO', '554 5.7.1 <an@example.jp>: Relay access denied', 'relay'],
  ['RCPT TO', '454 4.7.1 <an@example.jp>: Relay access denied', 'relay'],
  ['RCPT TO', '550 5.7.1 Relaying denied', 'relay'],
  ['RCPT TO', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain', 'relay'],
  ['RCPT TO', '550 relay not permitted', 'relay'],
  ['RCPT TO', '550 authentication required for relay: relaying prohibited', 'relay'],
  ['RCPT TO', '553 sorry, that domain isn’t in my list of allowed rcpthosts (#5.7.1)', 'relay'],
  ['MAIL FROM', '530 5.7.0 Must issue a STARTTLS command first. gsmtp', 'tls'],
  ['MAIL FROM', '530 5.7.0 Authentication Required. For more information, go to', 'sign-in'],
  ['MAIL FROM', '530 5.7.57 Client not authenticated to send mail.', 'sign-in'],
  ['RCPT TO', '550 5.7.1 Authentication required', 'sign-in'],
  ['RCPT TO', '553 5.7.1 <a@immi.example.jp>: Sender address rejected: not owned by user mailer', 'sign-in'],
  ['AUTH PLAIN', '535 5.7.8 Username and Password not accepted.', 'sign-in'],
  ['AUTH LOGIN', '535 5.7.3 Authentication unsuccessful', 'sign-in'],
  ['AUTH LOGIN', '534-5.7.9 Application-specific password required.', 'sign-in'],
  ['AUTH PLAIN', '454 4.7.0 Temporary authentication failure', 'sign-in'],
  ['AUTH PLAIN', '538 5.7.11 Encryption required for requested authentication mechanism', 'tls'],
  ['DATA', '550-5.7.26 This mail has been blocked because the sender is unauthenticated.', 'blocked'],
  ['DATA', '550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain’s DMARC policy.', 'blocked'],
  ['DATA', '421-4.7.26 This mail has been rate limited because it is unauthenticated.', 'blocked'],
  ['DATA', '550-5.7.1 Our system has detected that this message is likely unsolicited mail.', 'blocked'],
  ['RCPT TO', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org', 'blocked'],
  ['RCPT TO', '550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus.', 'blocked'],
  ['MAIL FROM', '550 5.7.606 Access denied, banned sending IP [192.0.2.1].', 'blocked'],
  ['CONN', '554 Blocked - see https://ipcheck.proofpoint.com: poor reputation', 'blocked'],
  ['RCPT TO', '550 5.7.23 SPF validation failed', 'blocked'],
  ['DATA', '550 Administrative prohibition', 'blocked'],
  ['DATA', '554 5.7.1 Message rejected', 'blocked'],
  ['RCPT TO', '571 Delivery not authorized', 'blocked'],
  ['MAIL FROM', '550 5.7.1 not allowed to send', 'own'],
  ['MAIL FROM', '553 5.1.8 Sender address rejected: Domain not found', 'own'],
  ['RCPT TO', '550 5.1.8 <a@immi.example.jp>: Sender address rejected: Domain not found', 'own'],
  ['RCPT TO', '550 5.1.0 <a@immi.example.jp>: Sender address rejected: User unknown', 'own'],
  ['RCPT TO', '450 4.1.8 <a@immi.example.jp>: Sender address rejected: Domain not found', 'busy'],
  ['MAIL FROM', '452 4.3.1 Insufficient system storage', 'own'],
  ['DATA', '554 5.3.0 Other mail system problem', 'own'],
  ['DATA', '554 5.4.6 Too many hops', 'own'],
  ['RCPT TO', '503 5.5.1 Bad sequence of commands', 'own'],
  ['RCPT TO', '500 Syntax error, command unrecognized', 'own'],
  ['RCPT TO', '555 MAIL FROM/RCPT TO parameters not recognized', 'own'],
  ['CONN', '421 4.3.2 Service not available, closing transmission channel', 'unreachable'],
  ['EHLO', '554 No SMTP service here', 'own'],
  ['STARTTLS', '502 5.5.1 Command not implemented', 'tls-missing'],
] as const)('after %s: %s', (step, line, failure) => {
  it(`is ${failure}`, () => {
    const refusal = read(line, step)
    expect(classify(refusal)).toBe(failure)
    const isRecipients = RECIPIENT_FAILURES.some((one) => one === failure)
    expect(isForGood(failure, refusal.code)).toBe(isRecipients && refusal.code >= 500)
  })
})

describe('a short reason', () => {
  it.each([
    ['550 5.1.1 after RCPT TO', 'address'],
    ['552 after DATA', 'mailbox-full'],
    ['451 4.3.0 after DATA', 'busy'],
    ['550 5.7.1 after MAIL FROM', 'own'],
    ['535 5.7.8 after AUTH PLAIN', 'sign-in'],
    ['550 5.7.1 after DATA', 'blocked'],
    ['ECONNREFUSED', 'unreachable'],
    ['ETIMEDOUT', 'unreachable'],
    ['no answer', 'unreachable'],
    ['TLS_WRONG_NAME', 'tls-name'],
    ['TLS_UNTRUSTED', 'tls-untrusted'],
    ['TLS_EXPIRED', 'tls-expired'],
    ['TLS_FAILED', 'tls'],
    ['EAUTH', 'sign-in'],
    ['EENVELOPE', 'address'],
    ['not sent, see the log', 'own'],
    ['E2BIG', 'own'],
  ])('%s means %s', (reason, failure) => {
    expect(mailFailure(reason)).toBe(failure)
  })
})

describe('any answer of a mail server', () => {
  const refusal = fc.record({
    code: fc.integer({ min: 400, max: 599 }),
    enhanced: fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom(4, 5), fc.nat(9), fc.nat(140)).map((parts) => parts.join('.')),
    ),
    step: fc.constantFrom('', 'CONN', 'EHLO', 'STARTTLS', 'AUTH PLAIN', 'MAIL FROM', 'RCPT TO', 'DATA'),
    text: fc.string(),
  })

  it('has a class, and gives up no mail before a recipient was named, for policy, or for the time being', () => {
    fc.assert(
      fc.property(refusal, (one) => {
        const failure = classify(one)
        expect(DELIVERY_FAILURES).toContain(failure)
        const toRecipient = one.step === 'RCPT TO' || one.step === 'DATA'
        if (!toRecipient || one.code === 530 || one.code < 500) expect(isForGood(failure, one.code)).toBe(false)
        if (isOwnFailure(failure)) expect(isForGood(failure, one.code)).toBe(false)
        expect(['address', 'mailbox-full', 'refused', 'busy', 'unreachable', 'own']).toContain(tellFailure(failure))
      }),
    )
  })
})
