import { Command } from 'commander'
import { retryMailsRequest } from '#contract/http/admin'
import { DELIVERY_FAILURES } from '#contract/http/mail-failure'
import type { DataDirectory } from '../../command/data-directory'
import { retryMailsAsOperator } from './retry-mails.action'
import { CommandFailure, type CommandContext } from '../../command/command'
import { failureWords, troubleWords } from '../../mail/delivery/failure-texts'
import { countMail, listMail, newestMailTo, showMail, type MailSummary } from '../../mail/mailer/outbox'
import { readTrouble } from '../../mail/delivery/queue-stop.repo'
import { processDueMail, retryNow } from '../../mail/delivery/worker'

const line = ({ id, to, subject, status, attempts, lastError }: MailSummary) =>
  [id, status, `${attempts}x`, to, subject, ...(lastError ? [`(${lastError})`] : [])].join('  ')

/** `mail list|show|retry` (DESIGN §10). */
export function mailCommand({ withDataDirectory, print }: CommandContext): Command {
  const mail = new Command('mail').description('mails that were sent or wait')
  mail
    .command('list')
    .description('all mails, oldest first')
    .action(() =>
      withDataDirectory('read', async ({ db }) => {
        const mails = await listMail(db)
        print(mails, mails.map(line).join('\n') || 'There are no mails.')
      }),
    )
  mail
    .command('show')
    .description('one mail as its reader sees it')
    .argument('<id or address>', 'as in mail list; of an address its newest mail')
    .action((wanted: string) =>
      withDataDirectory('read', async (store) => {
        const isAddress = wanted.includes('@')
        const id = isAddress ? await newestMailTo(store.db, wanted) : wanted
        const found = id === null ? null : await showMail(store.db, id, store.mail)
        if (!found) throw new CommandFailure(`There is no mail ${isAddress ? `to ${wanted}` : wanted}.`)
        const { from, to, subject, text } = found
        print(found, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`)
      }),
    )
  const whyNotSent = (store: DataDirectory): string | null => {
    if (store.mailProblem !== null) return store.mailProblem
    if (store.mailLocked)
      return 'The password of the mail server lies in the keychain of the desktop app; try the mail again there (/staff/admin/mails).'
    return store.mail.transport ? null : 'No mail server is configured (ZAIRYU_SMTP_URL); the mail stays in the outbox.'
  }
  const retryOne = async (store: DataDirectory, id: string) => {
    const tried = await retryNow(store.mail, id, store.clock.now())
    if (!tried) throw new CommandFailure(`There is no mail ${id}.`)
    if (tried.status === 'sent') return print(tried, line(tried))
    throw new CommandFailure(
      whyNotSent(store) ??
        (tried.lastError === undefined
          ? 'The mail was not taken: no reason given.'
          : `The mail was not taken: ${failureWords({ reason: tried.lastError })}.`),
    )
  }
  const retryMany = async (store: DataDirectory, request: unknown) => {
    const wish = retryMailsRequest.safeParse(request)
    if (!wish.success) throw new CommandFailure(`The kinds are: ${DELIVERY_FAILURES.join(', ')}.`)
    const now = store.clock.now()
    const tried = await retryMailsAsOperator(store, wish.data, now)
    if (!tried.ok) throw new CommandFailure(`That was asked too often; again from ${tried.retryAt ?? 'later'} on.`)
    const { count } = tried.value
    await processDueMail(store.mail, now)
    const left = { ...(await countMail(store.db)), trouble: await readTrouble(store.db) }
    const lines = [
      `${count} tried again; ${left.queued} waiting, ${left.failed} given up.`,
      ...(count > 0 && left.queued > 0 ? [whyNotSent(store) ?? ''] : []),
      ...troubleWords(left.trouble),
    ]
    print({ count, ...left }, lines.filter(Boolean).join('\n'))
  }
  mail
    .command('retry')
    .description('try to deliver one mail at once, or many together')
    .argument('[id]', 'as in mail list')
    .option('--all', 'all mails that were given up')
    .option('--kind <kind>', `only those given up for this reason: ${DELIVERY_FAILURES.join(', ')}`)
    .option('--waiting', 'what waits for a fault of this office; a stopped queue goes on')
    .action((id: string | undefined, { all, kind, waiting }: { all?: true; kind?: string; waiting?: true }) =>
      withDataDirectory('read', async (store) => {
        const many = all === true || kind !== undefined
        if ([id !== undefined, many, waiting === true].filter(Boolean).length !== 1)
          throw new CommandFailure('Name one mail, or --all (with --kind KIND), or --waiting.')
        if (id !== undefined) await retryOne(store, id)
        else await retryMany(store, waiting ? { status: 'queued' } : { status: 'failed', failure: kind })
      }),
    )
  return mail
}
