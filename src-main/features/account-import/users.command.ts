import { Command, Option } from 'commander'
import { instantText } from '../../platform/clock'
import { CommandFailure, FILE_ENCODINGS, type CommandContext, type FileEncoding } from '../../command/command'
import { describeProblem } from '../../platform/plain-problem'
import { selfAuditEntry, writeAudit } from '../../database/audit'
import { importAccounts } from './import-accounts.action'
import { findAccountByUserId, updateAccount } from '../account/account.repo'

const isLikeCp932 = (found: unknown) =>
  typeof found === 'object' && found !== null && 'looksLike' in found && found.looksLike === 'Shift_JIS'

/** `users import FILE.csv` and `users approve ID` (DESIGN §1). */
export function usersCommand({ withDataDirectory, print, readFile }: CommandContext): Command {
  /** As `readFile`; says what helps where Excel wrote the file. */
  const readCsv = async (file: string, encoding: FileEncoding) => {
    try {
      return await readFile(file, encoding)
    } catch (error) {
      if (!(error instanceof CommandFailure) || !isLikeCp932(error.cause)) throw error
      throw new CommandFailure(`${error.message} Where Excel wrote it: --encoding cp932`, { cause: error })
    }
  }
  const users = new Command('users').description('people with a user ID')
  users
    .command('import')
    .description('take accounts in that were set up before 2026-01-01; all rows or none')
    .argument('<file>', 'CSV with a header: system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn')
    .addOption(
      new Option('--encoding <name>', 'how the file is written; Excel in Japan writes CSV as cp932')
        .choices(FILE_ENCODINGS)
        .default('utf-8'),
    )
    .action((file: string, { encoding }: { encoding: FileEncoding }) =>
      withDataDirectory('write', async ({ db, clock }) => {
        const csv = await readCsv(file, encoding)
        const taken = await importAccounts(db, csv, 'operator', clock.now())
        if (!taken.ok) {
          const lines = taken.problem.flatMap(({ line, errors }) =>
            errors.map((error) => `line ${line}: ${describeProblem(error)}`),
          )
          throw new CommandFailure(`Nothing was imported.\n${lines.join('\n')}`)
        }
        const { imported, unchanged } = taken.value
        const skipped = unchanged.length > 0 ? `, ${unchanged.length} already there and unchanged` : ''
        print({ imported, unchanged }, `${imported} imported${skipped}`)
      }),
    )
  users
    .command('approve')
    .description('note that the 利用申出 of a person is approved: postal code and address can then be changed')
    .argument('<id>', 'user ID')
    .action((id: string) =>
      withDataDirectory('read', async ({ db, clock }) => {
        const now = clock.now()
        const account = await findAccountByUserId(db, id)
        if (!account || account.system !== 'zairyu') throw new CommandFailure(`There is no user ${id}.`)
        if (account.use_approved_at === null)
          await db.transaction().execute(async (trx) => {
            await updateAccount(trx, account.id, { use_approved_at: instantText(now) })
            await writeAudit(trx, { ...selfAuditEntry(account.id, 'account.approved', null), actor: 'operator' }, now)
          })
        print({ userId: account.user_id, approved: true }, `${account.user_id} is approved`)
      }),
    )
  return users
}
