import type { Temporal } from 'temporal-polyfill'
import type { StaffRole } from '#contract/http/staff/staff'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { hashToken, newId, newToken } from '../../platform/ids'
import type { StaffRow, StaffSessionRow } from '../../database/tables/staff.table'

/** Somebody of the staff by login name, when he still works here. */
export async function findStaffByLogin(db: Db, loginName: string): Promise<StaffRow | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('login_name', '=', loginName)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Whether a login name has ever been given. */
export async function isLoginTaken(db: Db, loginName: string): Promise<boolean> {
  return (
    (await db.selectFrom('staff').select('id').where('login_name', '=', loginName).executeTakeFirst()) !== undefined
  )
}

/** Writes a new member of the staff and answers his key. */
export async function createStaff(
  trx: Db,
  person: { loginName: string; name: string; role: StaffRole; passwordHash: string },
  now: Temporal.Instant,
): Promise<string> {
  const id = newId()
  await trx
    .insertInto('staff')
    .values({
      id,
      login_name: person.loginName,
      name: person.name,
      role: person.role,
      password_hash: person.passwordHash,
      created_at: instantText(now),
      last_login_at: null,
      left_at: null,
    })
    .execute()
  return id
}

/** Opens a session and answers its token, which goes into the cookie and nowhere else. */
export async function createStaffSession(
  trx: Db,
  person: StaffRow,
  now: Temporal.Instant,
): Promise<{ token: string; row: StaffSessionRow }> {
  const token = newToken()
  const at = instantText(now)
  const row: StaffSessionRow = {
    token_hash: hashToken(token),
    staff_id: person.id,
    created_at: at,
    last_move_at: at,
    previous_login_at: person.last_login_at,
  }
  await trx.insertInto('staff_sessions').values(row).execute()
  await trx.updateTable('staff').set({ last_login_at: at }).where('id', '=', person.id).execute()
  return { token, row }
}

/** The session of a token with its person, whether or not it has ended. */
export async function findStaffSession(
  db: Db,
  token: string,
): Promise<{ session: StaffSessionRow; person: StaffRow } | null> {
  const session = await db
    .selectFrom('staff_sessions')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  if (!session) return null
  const person = await db
    .selectFrom('staff')
    .selectAll()
    .where('id', '=', session.staff_id)
    .where('left_at', 'is', null)
    .executeTakeFirst()
  return person ? { session, person } : null
}

/**
 * The session and its person as they stand in this transaction; null where the session has ended or its person has left since the request
 * began. The row is written, so that whoever ends the session either has done so or waits.
 */
export async function holdStaffSession(
  trx: Db,
  tokenHash: string,
): Promise<{ session: StaffSessionRow; person: StaffRow } | null> {
  const session = await trx
    .updateTable('staff_sessions')
    .set((eb) => ({ last_move_at: eb.ref('last_move_at') }))
    .where('token_hash', '=', tokenHash)
    .returningAll()
    .executeTakeFirst()
  const person =
    session &&
    (await trx
      .selectFrom('staff')
      .selectAll()
      .where('id', '=', session.staff_id)
      .where('left_at', 'is', null)
      .executeTakeFirst())
  return person ? { session, person } : null
}

/** Notes a screen move; false where the session has ended. */
export async function touchStaffSession(trx: Db, tokenHash: string, now: Temporal.Instant): Promise<boolean> {
  const moved = await trx
    .updateTable('staff_sessions')
    .set({ last_move_at: instantText(now) })
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return moved.numUpdatedRows > 0n
}

/** Ends a session at the server; says whose it was, null when there was none. */
export async function endStaffSession(trx: Db, token: string): Promise<string | null> {
  const ended = await trx
    .deleteFrom('staff_sessions')
    .where('token_hash', '=', hashToken(token))
    .returning('staff_id')
    .executeTakeFirst()
  return ended?.staff_id ?? null
}

/** Makes a token for another system; it is shown once. */
export async function createServiceToken(
  trx: Db,
  name: string,
  now: Temporal.Instant,
): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = newToken()
  const row = { id, name, token_hash: hashToken(token), created_at: instantText(now), revoked_at: null }
  await trx.insertInto('service_tokens').values(row).execute()
  return { id, token }
}

/** The system that a token belongs to, when it has not been revoked. */
export async function findServiceToken(db: Db, token: string): Promise<{ id: string; name: string } | null> {
  const row = await db
    .selectFrom('service_tokens')
    .select(['id', 'name'])
    .where('token_hash', '=', hashToken(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** Whether the token of a system is still good in this transaction; its row is written, so that whoever revokes it waits. */
export async function holdServiceToken(trx: Db, id: string): Promise<boolean> {
  const held = await trx
    .updateTable('service_tokens')
    .set((eb) => ({ name: eb.ref('name') }))
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return held.numUpdatedRows > 0n
}

/** All tokens, the newest first; never the token itself. */
export async function listServiceTokens(db: Db) {
  const rows = await db
    .selectFrom('service_tokens')
    .select(['id', 'name', 'created_at as createdAt', 'revoked_at as revokedAt'])
    .orderBy('created_at', 'desc')
    .execute()
  return rows
}

/** Takes tokens back; answers their ids, none when there is none with this id or name that is still good. */
export async function revokeServiceToken(trx: Db, idOrName: string, now: Temporal.Instant): Promise<string[]> {
  const revoked = await trx
    .updateTable('service_tokens')
    .set({ revoked_at: instantText(now) })
    .where((eb) => eb.or([eb('id', '=', idOrName), eb('name', '=', idOrName)]))
    .where('revoked_at', 'is', null)
    .returning('id')
    .execute()
  return revoked.map(({ id }) => id)
}
