import type { Temporal } from 'temporal-polyfill'
import type { ActionDeps } from '../../mail/mailer/mailer'
import { refused, type Outcome } from '../../platform/outcome'
import { asStaff, asSystem, type StaffActor } from '../staff-session/as-staff.action'
import { takeInCertificateRows, importCertificates, type Intake } from './import-certificates.action'

/** A clerk imports certificates as JSON Lines: all lines or none; a field of an error begins with its line. */
export const importByClerk = (
  { db, mailer }: ActionDeps,
  actor: StaffActor,
  lines: string,
  now: Temporal.Instant,
): Promise<Outcome<Intake>> =>
  asStaff(db, actor, now, async (trx, { person }): Promise<Outcome<Intake>> => {
    const taken = await importCertificates(trx, lines, { actor: `staff:${person.id}`, mailer }, now)
    if (taken.ok) return taken
    const errors = taken.problem.flatMap(({ line, errors: found }) =>
      found.map((error) => ({ ...error, field: `${line}.${error.field}` })),
    )
    return refused('request.invalid', errors)
  })

/** Another system hands certificates over, one or a list of them: all or none; a field of an error begins with its place in the list. */
export const importBySystem = (
  { db, mailer }: ActionDeps,
  tokenId: string,
  body: unknown,
  now: Temporal.Instant,
): Promise<Outcome<Intake>> =>
  asSystem(db, tokenId, async (trx): Promise<Outcome<Intake>> => {
    const rows: unknown[] = Array.isArray(body) ? body : [body]
    const taken = await takeInCertificateRows(trx, rows, { actor: `system:${tokenId}`, mailer }, now)
    if (taken.ok) return taken
    const errors = taken.problem.flatMap(({ line, errors: found }) =>
      found.map((error) => ({ ...error, field: Array.isArray(body) ? `${line - 1}.${error.field}` : error.field })),
    )
    return refused('request.invalid', errors)
  })
