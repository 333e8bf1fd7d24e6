import { type DeliveryFailure, RECIPIENT_FAILURES } from '#contract/http/mail-failure'

/** What a mail server answered, and to which command. */
export interface Refusal {
  /** RFC 5321 §4.2: `550`. */
  code: number
  /** RFC 3463: class, subject, detail; empty where the server gives none. */
  enhanced: string
  /** `CONN`, `EHLO`, `STARTTLS`, `AUTH PLAIN`, `MAIL FROM`, `RCPT TO`, `DATA`; empty where it is not known. */
  step: string
  /** The server's own words, to be read here and nowhere else: they quote addresses. */
  text: string
}

/* The words of servers that give no enhanced code, or one that says less than their words. */
const RELAY =
  /relay(?:ing)? (?:access )?(?:is )?(?:denied|not (?:permitted|allowed)|prohibited|forbidden)|(?:not permitted|not allowed|unable) to relay|do(?:es)? not relay|relaying to .* prohibited|rcpthosts/i
const SIGN_IN =
  /authentication (?:is )?required|must (?:be authenticated|authenticate (?:first|before))|auth(?:entication)? (?:first|credentials)|smtp auth(?:entication)? (?:is )?required|not logged in|sender address rejected: not (?:owned by|logged in)/i
const BLOCKED =
  /spamhaus|\b(?:zen|sbl|xbl|pbl|css)\.|dnsbl|\brbl\b|block ?list|black ?list|deny ?list|barracuda|spamcop|senderbase|\breputation\b|banned sending ip|\bdmarc\b|\bspf\b|\bdkim\b|unauthenticated|unsolicited|\bspam\b|administrative prohibition/i
const SENDER = /sender (?:address|domain|verif)|(?:envelope|mail) from|return[- ]path/i
const NO_SUCH_USER =
  /user unknown|unknown user|unknown (?:local[- ]part|recipient)|no such (?:user|mailbox|recipient|address)|(?:user|mailbox|recipient|account|address)(?: address)? (?:is )?(?:unavailable|not found|unknown|does not exist|doesn't (?:exist|have)|inactive|disabled)|invalid (?:recipient|mailbox|user)|mailbox unavailable|does not have an? .*(?:account|mailbox)|no mailbox/i
const STARTTLS = /starttls|encrypt/i

/** Exchange: these say who may write to one recipient; another one may take the same mail. */
const ONE_RECIPIENT = /^5\.7\.(?:12[3459]|13[0-6])$/
/** RFC 7372: SPF, DKIM, reverse names; Gmail uses .26 to .30 for DMARC and the like. Also where it is said for the time being. */
const UNAUTHENTICATED = /^[45]\.7\.(?:2\d|30)$/
/** RFC 3463 x.1.7, x.1.8: these two of the addresses are the sender's. */
const SENDER_ADDRESS = /^\d\.1\.[78]$/

/** Before a recipient was named every answer is about the office or its server. */
function beforeRecipient({ code, step, text }: Refusal): DeliveryFailure {
  if (BLOCKED.test(text)) return 'blocked'
  if (RELAY.test(text)) return 'relay'
  if (SIGN_IN.test(text)) return 'sign-in'
  return code < 500 && step !== 'MAIL FROM' && step !== '' ? 'unreachable' : 'own'
}

/** RFC 3463, by subject: 1 address, 2 mailbox, 3 mail system, 4 network, 5 protocol, 6 content, 7 policy. */
function byEnhanced({ code, enhanced, step, text }: Refusal): DeliveryFailure {
  const [subject = 0, detail = 0] = enhanced.split('.').slice(1).map(Number)
  switch (subject) {
    case 1:
      return 'address'
    case 2:
      return detail === 1 ? 'address' : 'refused'
    case 3:
      // x.3.4: too big for that system. All else of a system is no fault of the mail.
      return detail === 4 ? 'refused' : 'own'
    case 4:
      // Exchange Online says 5.4.1 of a recipient that it does not have; x.4.4: no way to the domain.
      return (detail === 1 && step === 'RCPT TO') || detail === 4 ? 'address' : 'own'
    case 5:
      // Outlook.com says 5.5.0 "mailbox unavailable" of a recipient that it does not have.
      return step === 'RCPT TO' && NO_SUCH_USER.test(text) ? 'address' : 'own'
    case 6:
      return 'refused'
    default:
      if (NO_SUCH_USER.test(text) && step === 'RCPT TO' && code !== 530) return 'address'
      return 'blocked'
  }
}

/** RFC 5321 §4.2.2 and §4.2.3, where the code is all there is. */
function byCode({ code, step, text }: Refusal): DeliveryFailure {
  if (code === 552) return 'mailbox-full'
  if (code === 556 || NO_SUCH_USER.test(text)) return 'address'
  if (step === 'RCPT TO' && [501, 550, 551, 553].includes(code)) return 'address'
  if (code >= 570) return 'blocked'
  return [550, 551, 553, 554].includes(code) ? 'refused' : 'own'
}

/**
 * Why a server refused, as a person can act on it. The order matters: what is known of the office's own fault comes before what is said
 * of the recipient, since servers say `550` and `5.7.1` of both. What is not known counts as the office's own trouble: nobody is told
 * to mend a right address, and no mail is given up for it. No library does this: nodemailer hands on code and text as they came, and parsers
 * of bounces read the reports of a later server.
 */
export function classify(refusal: Refusal): DeliveryFailure {
  const { code, enhanced, step, text } = refusal
  if (step === 'STARTTLS') return 'tls-missing'
  if (step.startsWith('AUTH')) return STARTTLS.test(text) ? 'tls' : 'sign-in'
  // RFC 4954 §6: 530 "authentication required"; RFC 3207 §4: 530 "must issue a STARTTLS command first"; RFC 4954: x.7.11.
  if (code === 530 || code === 538 || /^\d\.7\.1[01]$/.test(enhanced))
    return STARTTLS.test(text) || /^\d\.7\.1[01]$/.test(enhanced) ? 'tls' : 'sign-in'
  if (/^5\.7\.[89]$/.test(enhanced)) return 'sign-in'
  if (step !== 'RCPT TO' && step !== 'DATA') return beforeRecipient(refusal)
  if (ONE_RECIPIENT.test(enhanced)) return code < 500 ? 'busy' : 'refused'
  if (UNAUTHENTICATED.test(enhanced)) return 'blocked'
  if (RELAY.test(text)) return 'relay'
  if (/^\d\.2\.2$/.test(enhanced)) return 'mailbox-full'
  if (code < 500) return 'busy'
  if (SIGN_IN.test(text)) return 'sign-in'
  if (SENDER_ADDRESS.test(enhanced) || (SENDER.test(text) && !/^5\.1\.[1-6]$/.test(enhanced))) return 'own'
  if (BLOCKED.test(text)) return 'blocked'
  return enhanced === '' ? byCode(refusal) : byEnhanced(refusal)
}

/** The short reasons that delivery writes where no server answered in words. */
const WITHOUT_ANSWER: readonly (readonly [RegExp, DeliveryFailure])[] = [
  [/^TLS_WRONG_NAME$/, 'tls-name'],
  [/^TLS_UNTRUSTED$/, 'tls-untrusted'],
  [/^TLS_EXPIRED$/, 'tls-expired'],
  [/^(?:TLS_FAILED|ETLS|EREQUIRETLS)$/, 'tls'],
  [/^EAUTH$/, 'sign-in'],
  [/^EENVELOPE$/, 'address'],
  [/^(?:ECONN|EDNS|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ESOCKET|ETIME|EADDR|EGREETING)|^no answer$/, 'unreachable'],
]

/** The same from the short reason that delivery wrote (`550 5.1.1 after RCPT TO`, `ECONNREFUSED`), without the server's words. */
export function mailFailure(reason: string): DeliveryFailure {
  const [, code, enhanced = '', step = ''] = /^([45]\d\d)(?: (\d\.\d+\.\d+))?(?: after (.+))?$/.exec(reason) ?? []
  if (code !== undefined) return classify({ code: Number(code), enhanced, step, text: '' })
  return WITHOUT_ANSWER.find(([pattern]) => pattern.test(reason))?.[1] ?? 'own'
}

/** Whether a mail is given up at once: only for what lies with its recipient, and not while the server says "later" (4xx). */
export const isForGood = (failure: DeliveryFailure, code: number | null): boolean =>
  RECIPIENT_FAILURES.some((one) => one === failure) && (code === null || code >= 500)
