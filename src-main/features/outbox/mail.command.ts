import { Command } from 'commander'
import { retryMailsRequest } from '#contract/http/staff/admin'
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
      withDataDirectory('read', async (dataDirectory) => {
        const isAddress = wanted.includes('@')
        const id = isAddress ? await newestMailTo(dataDirectory.db, wanted) : wanted
        const found = id === null ? null : await showMail(dataDirectory.db, id, dataDirectory.mail)
        if (!found) throw new CommandFailure(`There is no mail ${isAddress ? `to ${wanted}` : wanted}.`)
        const { from, to, subject, text } = found
        print(found, `From: ${from}\nTo: ${to}\nSubject: ${subject}\n\n${text}`)
      }),
    )
  const whyNotSent = (dataDirectory: DataDirectory): string | null => {
    if (dataDirectory.mailProblem !== null) return dataDirectory.mailProblem
    if (dataDirectory.mailLocked)
      return 'The password of the mail server lies in the keychain of the desktop app; try the mail again there (/staff/admin/mails).'
    return dataDirectory.mail.transport
      ? null
      : 'No mail server is configured (ZAIRYU_SMTP_URL); the mail stays in the outbox.'
  }
  const retryOne = async (dataDirectory: DataDirectory, id: string) => {
    const tried = await retryNow(dataDirectory.mail, id, dataDirectory.clock.now())
    if (!tried) throw new CommandFailure(`There is no mail ${id}.`)
    if (tried.status === 'sent') return print(tried, line(tried))
    throw new CommandFailure(
      whyNotSent(dataDirectory) ??
        (tried.lastError === undefined
          ? 'The mail was not taken: no reason given.'
          : `The mail was not taken: ${failureWords({ reason: tried.lastError })}.`),
    )
  }
  const retryMany = async (dataDirectory: DataDirectory, request: unknown) => {
    const wish = retryMailsRequest.safeParse(request)
    if (!wish.success) throw new CommandFailure(`The kinds are: ${DELIVERY_FAILURES.join(', ')}.`)
    const now = dataDirectory.clock.now()
    const tried = await retryMailsAsOperator(dataDirectory, wish.data, now)
    if (!tried.ok) throw new CommandFailure(`That was asked too often; again from ${tried.retryAt ?? 'later'} on.`)
    const { count } = tried.value
    await processDueMail(dataDirectory.mail, now)
    const left = { ...(await countMail(dataDirectory.db)), trouble: await readTrouble(dataDirectory.db) }
    const lines = [
      `${count} tried again; ${left.queued} waiting, ${left.failed} given up.`,
      ...(count > 0 && left.queued > 0 ? [whyNotSent(dataDirectory) ?? ''] : []),
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
      withDataDirectory('read', async (dataDirectory) => {
        const many = all === true || kind !== undefined
        if ([id !== undefined, many, waiting === true].filter(Boolean).length !== 1)
          throw new CommandFailure('Name one mail, or --all (with --kind KIND), or --waiting.')
        if (id !== undefined) await retryOne(dataDirectory, id)
        else await retryMany(dataDirectory, waiting ? { status: 'queued' } : { status: 'failed', failure: kind })
      }),
    )
  return mail
}
