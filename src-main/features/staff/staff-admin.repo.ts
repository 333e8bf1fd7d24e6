import type { Temporal } from 'temporal-polyfill'
import type { StaffPerson } from '#contract/http/staff/admin'
import type { StaffRole } from '#contract/http/staff/staff'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import type { StaffRow } from '../../database/tables/staff.table'

/** Somebody of the staff as an admin sees him. */
export const toStaffPerson = (row: StaffRow): StaffPerson => ({
  id: row.id,
  loginName: row.login_name,
  name: row.name,
  role: row.role,
  createdAt: row.created_at,
  lastLoginAt: row.last_login_at,
  leftAt: row.left_at,
})

/** One page of the staff: who works here first, by login name. */
export async function listStaff(db: Db, { page, size }: { page: number; size: number }) {
  const { total } = await db
    .selectFrom('staff')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await db
    .selectFrom('staff')
    .selectAll()
    .orderBy((eb) => eb('left_at', 'is not', null))
    .orderBy('login_name')
    .limit(size)
    .offset((page - 1) * size)
    .execute()
  return { items: rows.map(toStaffPerson), total }
}

/** Somebody who works here. */
export async function findStaff(db: Db, id: string): Promise<StaffRow | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** How many admins work here. */
export async function countAdmins(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('staff')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', '=', 'admin')
    .where('left_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Writes a new name and role of somebody who works here; a new role holds from the next transaction on. */
export async function changeStaff(trx: Db, id: string, person: { name: string; role: StaffRole }): Promise<void> {
  await trx.updateTable('staff').set(person).where('id', '=', id).where('left_at', 'is', null).execute()
}

/** Keeps somebody in the log and out of the program: his sessions end at once. */
export async function leaveStaff(trx: Db, id: string, now: Temporal.Instant): Promise<void> {
  await trx
    .updateTable('staff')
    .set({ left_at: instantText(now) })
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .execute()
  await endStaffSessions(trx, id, null)
}

/** Writes a new password where the one that was `seen` still stands; false where somebody else was faster. */
export async function setStaffPassword(trx: Db, id: string, passwordHash: string, seen: string): Promise<boolean> {
  const set = await trx
    .updateTable('staff')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .where('password_hash', '=', seen)
    .executeTakeFirst()
  return set.numUpdatedRows > 0n
}

/** Ends all sessions of somebody but the one with the hash `kept`. */
export async function endStaffSessions(trx: Db, id: string, kept: string | null): Promise<void> {
  await trx
    .deleteFrom('staff_sessions')
    .where('staff_id', '=', id)
    .$if(kept !== null, (query) => query.where('token_hash', '!=', kept ?? ''))
    .execute()
}
