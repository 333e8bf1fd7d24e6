import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../platform/command'
import { failureWords } from './failure-words'
import { listMail, newestMailTo, showMail, type MailSummary } from './outbox'
import { retryNow } from './worker'

const line = ({ id, to, subject, status, attempts, lastError }: MailSummary) =>
  [id, status, `${attempts}x`, to, subject, ...(lastError ? [`(${lastError})`] : [])].join('  ')

/** `mail list|show|retry` (DESIGN §10). */
export function mailCommand({ withStore, print }: CommandContext): Command {
  const mail = new Command('mail').description('mails that were sent or wait')
  mail
    .command('list')
    .description('all mails, oldest first')
    .action(() =>
      withStore('read', async ({ db }) => {
        const mails = await listMail(db)
        print(mails, mails.map(line).join('\n') || 'There are no mails.')
      }),
    )
  mail
    .command('show')
    .description('one mail as its reader sees it')
    .argument('<id or address>', 'as in mail list; of an address its newest mail')
    .action((wanted: string) =>
      withStore('read', async (store) => {
        const isAddress = wanted.includes('@')
        const id = isAddress ? await newestMailTo(store.db, wanted) : wanted
        const found = id === null ? null : await showMail(store.db, id, store.mail)
        if (!found) throw new CommandFailure(`There is no mail ${isAddress ? `to ${wanted}` : wanted}.`)
        const { from, to, subject, text } = found
        print(found, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`)
      }),
    )
  mail
    .command('retry')
    .description('try to deliver one mail at once')
    .argument('<id>', 'as in mail list')
    .action((id: string) =>
      withStore('read', async (store) => {
        const tried = await retryNow(store.mail, id, store.clock.now())
        if (!tried) throw new CommandFailure(`There is no mail ${id}.`)
        if (tried.status !== 'sent' && store.mailProblem !== null) throw new CommandFailure(store.mailProblem)
        if (tried.status !== 'sent' && store.mailLocked)
          throw new CommandFailure(
            'The password of the mail server lies in the keychain of the desktop app; try the mail again there (/staff/admin/mails).',
          )
        if (tried.status !== 'sent' && !store.mail.transport)
          throw new CommandFailure('No mail server is configured (ZAIRYU_SMTP_URL); the mail stays in the outbox.')
        if (tried.status !== 'sent')
          throw new CommandFailure(
            tried.lastError === undefined
              ? 'The mail was not taken: no reason given.'
              : `The mail was not taken: ${failureWords({ reason: tried.lastError })}.`,
          )
        print(tried, line(tried))
      }),
    )
  return mail
}
