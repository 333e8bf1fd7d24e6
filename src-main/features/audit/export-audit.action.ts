import type { Temporal } from 'temporal-polyfill'
import type { Db } from '../../database/open'
import type { Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'

/** To take the audit log along is itself written down, before the first line leaves. */
export const noteAuditExport = ({ db }: { db: Db }, actor: StaffActor, now: Temporal.Instant): Promise<Outcome<null>> =>
  asStaff(db, actor, now, async (_, { note }) => {
    await note({ action: 'audit.exported', subject: 'audit' })
    return { ok: true, value: null }
  })
