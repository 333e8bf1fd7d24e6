import { Hono, type Context } from 'hono'
import {
  staffAddRequest,
  staffChangeRequest,
  staffPasswordReply,
  staffPasswordRequest,
  staffPeopleReply,
  staffPerson,
} from '#contract/admin'
import { pageQuery } from '#contract/receipt'
import type { Db } from '../../database/open'
import { newPassphrase } from '../../platform/ids'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { problem } from '../../service/problem'
import { staffSignedIn, type StaffSignedIn } from '../../service/staff-signed-in'
import { json, query } from '../../service/validate'
import { keepTries } from '../session/session.repo'
import { NO_TRIES } from '../session/session.rules'
import { takeRole } from './staff-admin.rules'
import {
  changeStaff,
  countAdmins,
  endStaffSessions,
  findStaff,
  leaveStaff,
  listStaff,
  setStaffPassword,
  toStaffPerson,
} from './staff-admin.repo'
import { createStaff, isLoginTaken } from './staff.repo'
import { staffName } from './staff.rules'
import type { StaffRow } from './staff.table'

/** DESIGN §9: accounts of staff, kept by admins. Nobody is erased: whoever leaves stays in the audit log. */
export const staffAdminRoutes = (deps: ServiceDeps) => {
  const { db, passwords } = deps
  const admin = staffSignedIn(deps, 'admin')

  const audit = (
    trx: Db,
    c: Context<StaffSignedIn>,
    action: 'added' | 'changed' | 'left' | 'password-set',
    id: string,
  ) =>
    writeAudit(
      trx,
      { actor: `staff:${c.var.person.id}`, action: `staff.${action}`, subject: `staff:${id}`, device: deviceOf(c) },
      c.var.now,
    )
  /** What an admin does to somebody who works here, in one transaction with its audit row. */
  const withPerson = <T>(id: string, act: (trx: Db, person: StaffRow) => Promise<T>) =>
    db.transaction().execute(async (trx) => {
      const person = await findStaff(trx, id)
      return person ? act(trx, person) : ('staff.unknown' as const)
    })
  const mayBecome = async (trx: Db, c: Context<StaffSignedIn>, person: StaffRow, becomes: StaffRow['role'] | null) =>
    takeRole({ isSelf: person.id === c.var.person.id, role: person.role, admins: await countAdmins(trx) }, becomes)

  return new Hono()
    .get(
      '/',
      describe('The staff, who works here first', { 200: staffPeopleReply }, [
        'staff.none',
        'staff.role',
        'request.invalid',
      ]),
      admin,
      query(pageQuery),
      async (c) => c.json(await listStaff(db, c.req.valid('query')), 200),
    )
    .post(
      '/',
      describe('Add somebody; without a password one is made and shown once', { 201: staffPasswordReply }, [
        'staff.none',
        'staff.role',
        'request.invalid',
      ]),
      admin,
      json(staffAddRequest),
      async (c) => {
        const { loginName, name, role, password } = c.req.valid('json')
        const chosen = password ?? newPassphrase()
        const passwordHash = await passwords.hash(chosen)
        const added = await db.transaction().execute(async (trx) => {
          if (await isLoginTaken(trx, loginName)) return null
          const id = await createStaff(trx, { loginName, name, role, passwordHash }, c.var.now)
          await audit(trx, c, 'added', id)
          return findStaff(trx, id)
        })
        if (!added) return problem(c, 'request.invalid', { errors: [{ field: 'loginName', code: 'login-name.taken' }] })
        return c.json({ person: toStaffPerson(added), password: password === undefined ? chosen : null }, 201)
      },
    )
    .put(
      '/:id',
      describe('Change name and role', { 200: staffPerson }, [
        'staff.none',
        'staff.role',
        'staff.unknown',
        'staff.self',
        'staff.last-admin',
        'request.invalid',
      ]),
      admin,
      json(staffChangeRequest),
      async (c) => {
        const wanted = c.req.valid('json')
        const changed = await withPerson(c.req.param('id'), async (trx, person) => {
          const may = await mayBecome(trx, c, person, wanted.role)
          if (!may.ok) return may.problem
          await changeStaff(trx, person.id, wanted)
          await audit(trx, c, 'changed', person.id)
          return toStaffPerson({ ...person, ...wanted })
        })
        return typeof changed === 'string' ? problem(c, changed) : c.json(changed, 200)
      },
    )
    .post(
      '/:id/departure',
      describe('Somebody leaves: he gets in no longer, at once', { 204: null }, [
        'staff.none',
        'staff.role',
        'staff.unknown',
        'staff.self',
        'staff.last-admin',
      ]),
      admin,
      async (c) => {
        const left = await withPerson(c.req.param('id'), async (trx, person) => {
          const may = await mayBecome(trx, c, person, null)
          if (!may.ok) return may.problem
          await leaveStaff(trx, person.id, c.var.now)
          await audit(trx, c, 'left', person.id)
          return null
        })
        return left === null ? c.body(null, 204) : problem(c, left)
      },
    )
    .post(
      '/:id/password',
      describe('A new password; ends the other sessions and lifts a lock', { 200: staffPasswordReply }, [
        'staff.none',
        'staff.role',
        'staff.unknown',
        'request.invalid',
      ]),
      admin,
      json(staffPasswordRequest),
      async (c) => {
        const { password } = c.req.valid('json')
        const chosen = password ?? newPassphrase()
        const passwordHash = await passwords.hash(chosen)
        const done = await withPerson(c.req.param('id'), async (trx, person) => {
          await setStaffPassword(trx, person.id, passwordHash)
          await endStaffSessions(trx, person.id, c.var.session.token_hash)
          await keepTries(trx, staffName(person.login_name), NO_TRIES)
          await audit(trx, c, 'password-set', person.id)
          return toStaffPerson(person)
        })
        if (typeof done === 'string') return problem(c, done)
        return c.json({ person: done, password: password === undefined ? chosen : null }, 200)
      },
    )
}
