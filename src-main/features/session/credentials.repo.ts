import { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { newId } from '../../platform/ids'
import { endSessionsOf } from './session.repo'
import { keptUndo, type UndoLink } from '../account/account.rules'
import type { MailLinkRow } from '../../database/tables/account.table'

/** Links with which their holder can do something to an account. Those of certificates only lead to the login; a registration makes another account. */
const POWERFUL = ['password-reset', 'email-change', 'email-undo'] as const

const toUndoLink = (row: MailLinkRow): UndoLink => ({
  id: row.id,
  address: row.email_key,
  issuedAt: Temporal.Instant.from(row.issued_at),
  usedAt: row.used_at === null ? null : Temporal.Instant.from(row.used_at),
})

/**
 * The credentials of an account have changed, or somebody says that others know them: whatever was handed out before is void. That is
 * every link of reset, of address change and of undoing with its code (but `keptUndo`), every session but `keepSession`, and the
 * key of the drafts on its owner's devices. Everything that changes password or address calls this in its transaction, before it
 * hands out anything new.
 * @param undone the link by which an address has just been put back
 */
export async function voidCredentials(
  trx: Db,
  accountId: string,
  { keepSession, undone }: { keepSession?: string | undefined; undone?: MailLinkRow },
  now: Temporal.Instant,
): Promise<void> {
  await endSessionsOf(trx, accountId, keepSession)
  const undos = await trx
    .selectFrom('mail_links')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', 'email-undo')
    .where('void_at', 'is', null)
    .execute()
  const kept = keptUndo(undos.map(toUndoLink), now, undone && toUndoLink(undone))
  await trx
    .updateTable('mail_links')
    .set({ void_at: instantText(now) })
    .where('account_id', '=', accountId)
    .where('kind', 'in', POWERFUL)
    .where('used_at', 'is', null)
    .where('void_at', 'is', null)
    .where('id', '!=', kept ?? '')
    .execute()
  await trx.updateTable('accounts').set({ draft_epoch: newId() }).where('id', '=', accountId).execute()
}

/** An address gets a new link of undoing: an earlier one to the same address is not needed beside it. */
export async function voidUndosTo(trx: Db, accountId: string, address: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('mail_links')
    .set({ void_at: instantText(now) })
    .where('account_id', '=', accountId)
    .where('kind', '=', 'email-undo')
    .where('email_key', '=', address)
    .where('used_at', 'is', null)
    .where('void_at', 'is', null)
    .execute()
}
