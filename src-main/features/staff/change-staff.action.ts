import type { Temporal } from 'temporal-polyfill'
import type { StaffPerson } from '#contract/http/staff/admin'
import type { StaffRole } from '#contract/http/staff/staff'
import type { Db } from '../../database/open'
import { refused, type Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'
import { changeStaff, countAdmins, findStaff, leaveStaff, toStaffPerson } from './staff-admin.repo'
import { takeRole } from './staff-admin.rules'
import type { StaffRow } from '../../database/tables/staff.table'

/** Whether an admin may give somebody this role (null: they leave), as the staff stand in this transaction. */
async function mayBecome(trx: Db, admin: StaffRow, person: StaffRow, becomes: StaffRole | null) {
  return takeRole({ isSelf: person.id === admin.id, role: person.role, admins: await countAdmins(trx) }, becomes)
}

/** Writes name and role of somebody who works here. */
export const changeNameAndRole = (
  { db }: { db: Db },
  actor: StaffActor,
  { id, ...wanted }: { id: string; name: string; role: StaffRole },
  now: Temporal.Instant,
): Promise<Outcome<StaffPerson>> =>
  asStaff(db, actor, now, async (trx, { person: admin, note }) => {
    const person = await findStaff(trx, id)
    if (!person) return refused('staff.unknown')
    const may = await mayBecome(trx, admin, person, wanted.role)
    if (!may.ok) return refused(may.problem)
    await changeStaff(trx, id, wanted)
    await note({ action: 'staff.changed', subject: `staff:${id}` })
    return { ok: true, value: toStaffPerson({ ...person, ...wanted }) }
  })

/** Somebody leaves: their sessions end with the same transaction. */
export const letStaffGo = (
  { db }: { db: Db },
  actor: StaffActor,
  id: string,
  now: Temporal.Instant,
): Promise<Outcome<null>> =>
  asStaff(db, actor, now, async (trx, { person: admin, note }) => {
    const person = await findStaff(trx, id)
    if (!person) return refused('staff.unknown')
    const may = await mayBecome(trx, admin, person, null)
    if (!may.ok) return refused(may.problem)
    await leaveStaff(trx, id, now)
    await note({ action: 'staff.left', subject: `staff:${id}` })
    return { ok: true, value: null }
  })
