import { Hono } from 'hono'
import {
  staffAddRequest,
  staffChangeRequest,
  staffPasswordReply,
  staffPasswordRequest,
  staffPeopleReply,
  staffPerson,
} from '#contract/http/staff/admin'
import { pageQuery } from '#contract/http/certificate/receipt'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json, query } from '../../http/validate'
import { addStaff } from './add-staff.action'
import { changeNameAndRole, letStaffGo } from './change-staff.action'
import { setPasswordOfStaff } from './set-password.action'
import { listStaff } from './staff-admin.repo'

/** DESIGN §9: accounts of staff, kept by admins. Nobody is erased: whoever leaves stays in the audit log. */
export const staffAdminRoutes = (deps: ServiceDeps) => {
  const admin = staffSignedIn(deps, 'admin')
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
      async (c) => c.json(await listStaff(deps.db, c.req.valid('query')), 200),
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
        const added = await addStaff(deps, c.var.actor, c.req.valid('json'), c.var.now)
        return added.ok ? c.json(added.value, 201) : answerRefusal(c, added)
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
        const wish = { ...c.req.valid('json'), id: c.req.param('id') }
        const changed = await changeNameAndRole(deps, c.var.actor, wish, c.var.now)
        return changed.ok ? c.json(changed.value, 200) : answerRefusal(c, changed)
      },
    )
    .post(
      '/:id/departure',
      describe('Somebody leaves: they get in no longer, at once', { 204: null }, [
        'staff.none',
        'staff.role',
        'staff.unknown',
        'staff.self',
        'staff.last-admin',
      ]),
      admin,
      async (c) => {
        const left = await letStaffGo(deps, c.var.actor, c.req.param('id'), c.var.now)
        return left.ok ? c.body(null, 204) : answerRefusal(c, left)
      },
    )
    .post(
      '/:id/password',
      describe('A new password; ends the other sessions and lifts a lock', { 200: staffPasswordReply }, [
        'staff.none',
        'staff.role',
        'staff.unknown',
        'staff.password-changed',
        'request.invalid',
      ]),
      admin,
      json(staffPasswordRequest),
      async (c) => {
        const wish = { ...c.req.valid('json'), id: c.req.param('id') }
        const set = await setPasswordOfStaff(deps, c.var.actor, wish, c.var.now)
        return set.ok ? c.json(set.value, 200) : answerRefusal(c, set)
      },
    )
}
