import type { DeliveryFailure } from '#contract/http/mail-failure'
import { mailFailure } from './failure.rules'
import type { MailTrouble } from './queue-stop.repo'
import type { NotTaken } from './transports'

/** For the command line: what is wrong, and what to do. */
const WORDS: Record<DeliveryFailure, string> = {
  address: 'the recipient’s address does not exist',
  'mailbox-full': 'the recipient’s mailbox is full',
  refused: 'the recipient’s mail server does not take this mail',
  busy: 'the mail server asks to try later',
  unreachable: 'the mail server cannot be reached; look at its name, its port and the network',
  own: 'the mail server does not take mail from this office; look at the sender (ZAIRYU_MAIL_FROM) and ask whoever runs the server',
  'sign-in': 'the mail server wants a user name and password, or does not accept those that are set',
  relay:
    'the mail server does not pass mail on for this office; set user name and password, or have the server allow it',
  blocked:
    'mail of this office is blocked (block list, SPF, DKIM, DMARC or other rules against unwanted mail); ask whoever runs the mail server and the domain of the sender',
  tls: 'no encrypted connection to the mail server came about; look at its port and at ZAIRYU_SMTP_TLS',
  'tls-missing':
    'the mail server offers no encryption (STARTTLS), so that neither password nor mail was sent; use smtps://, or choose ZAIRYU_SMTP_TLS=plain if the way to the server is safe',
  'tls-name':
    'the certificate of the mail server is not for the name by which it is called; call it by the name in the certificate',
  'tls-untrusted':
    'the certificate of the mail server comes from an authority that is not trusted here; name an authority of your own by NODE_EXTRA_CA_CERTS=FILE',
  'tls-expired':
    'the certificate of the mail server has expired or is not valid yet; it has to be renewed, or the clock to be set',
}

/** What a failure means and asks for, in one line of English, with the short reason. */
export const failureWords = ({ reason, failure, certificateNames }: Omit<NotTaken, 'accepted' | 'permanent'>): string =>
  `${WORDS[failure ?? mailFailure(reason)]}${certificateNames === undefined ? '' : ` (it is for ${certificateNames})`} [${reason}]`

/** What keeps mail from going out and what to do about it, a sentence each; none where all is well. */
export function troubleWords({ stopped, waiting }: MailTrouble): string[] {
  const count = waiting.reduce((sum, one) => sum + one.count, 0)
  return [
    ...(stopped
      ? [
          `NO MAIL GOES OUT since ${stopped.at}, because one after another was refused: ${failureWords(stopped)}; one mail is tried at ${stopped.nextProbeAt}, and all follow when it is taken (at once: mail retry --waiting)`,
        ]
      : []),
    ...(count > 0
      ? [
          `${count} wait for what this office has to mend: ${waiting.map(({ failure, count: many }) => `${many} × ${WORDS[failure]}`).join('; ')}`,
        ]
      : []),
  ]
}
