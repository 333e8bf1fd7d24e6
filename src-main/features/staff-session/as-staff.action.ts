import { Temporal } from 'temporal-polyfill'
import type { StaffRole } from '#contract/http/staff/staff'
import type { Db } from '../../database/open'
import { writeAudit, type AuditEntry } from '../../database/audit'
import { refused, type Outcome, type Refused } from '../../platform/outcome'
import { holdServiceToken, holdStaffSession } from './staff-session.repo'
import { isStaffSessionOpen, mayAct } from './staff-session.rules'
import type { StaffRow } from '../../database/tables/staff.table'

/** Who of the staff asks for something, as the guard of the route saw them. */
export interface StaffActor {
  tokenHash: string
  needed: StaffRole
  device: string | null
}

/** Somebody of the staff within the transaction of what they do. */
export interface ActingStaff {
  person: StaffRow
  /** Writes the audit row in their name. */
  note(entry: Pick<AuditEntry, 'action' | 'subject' | 'detail' | 'accountId'>): Promise<void>
}

/** Carries a refusal out of a transaction, which takes everything back. */
class Refusal extends Error {
  readonly refusal: Refused

  constructor(refusal: Refused) {
    super(refusal.problem)
    this.refusal = refusal
  }
}

/** One transaction that a refusal undoes, so that nothing is half done. */
async function allOrNothing<T>(db: Db, act: (trx: Db) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await db.transaction().execute(async (trx) => {
      const outcome = await act(trx)
      if (!outcome.ok) throw new Refusal(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Refusal) return error.refusal
    throw error
  }
}

/**
 * What somebody of the staff does, in one transaction that asks for their session and role again: since the guard let the request pass, its
 * body came in and passwords were hashed, and meanwhile they may have been removed, signed out, or made a clerk.
 */
export const asStaff = <T>(
  db: Db,
  { tokenHash, needed, device }: StaffActor,
  now: Temporal.Instant,
  act: (trx: Db, staff: ActingStaff) => Promise<Outcome<T>>,
): Promise<Outcome<T>> =>
  allOrNothing(db, async (trx) => {
    const held = await holdStaffSession(trx, tokenHash)
    if (!held || !isStaffSessionOpen(Temporal.Instant.from(held.session.last_move_at), now))
      return refused('staff.none')
    const { person } = held
    if (!mayAct(person.role, needed)) return refused('staff.role')
    return act(trx, {
      person,
      note: (entry) => writeAudit(trx, { ...entry, actor: `staff:${person.id}`, device }, now),
    })
  })

/** What another system does, in one transaction in which its token is still good: it may be revoked while ten thousand rows come in. */
export const asSystem = <T>(db: Db, tokenId: string, act: (trx: Db) => Promise<Outcome<T>>): Promise<Outcome<T>> =>
  allOrNothing(db, async (trx) => ((await holdServiceToken(trx, tokenId)) ? act(trx) : refused('token.none')))
