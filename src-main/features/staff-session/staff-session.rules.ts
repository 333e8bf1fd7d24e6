import { Temporal } from 'temporal-polyfill'
import type { StaffRole } from '#contract/http/staff/staff'
import { isFromFuture } from '../../platform/clock-bounds.rules'
import type { LoginName } from '../session/session.rules'

/** Ours (issue: people behind the counter): a counter is left alone often; 15 minutes without a screen move end the session. */
const STAFF_IDLE = Temporal.Duration.from({ minutes: 15 })

/** The instant at which a session of staff ends without a further screen move. */
export const staffDeadline = (lastMoveAt: Temporal.Instant): Temporal.Instant => lastMoveAt.add(STAFF_IDLE)

/** Whether a session of staff still holds; it ends when the deadline is reached. One whose last move has not come yet has ended. */
export const isStaffSessionOpen = (lastMoveAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, staffDeadline(lastMoveAt)) < 0 && !isFromFuture(lastMoveAt, now)

/** DESIGN §9: an admin may do what a clerk may, and more. */
export const mayAct = (role: StaffRole, needed: StaffRole): boolean => needed === 'clerk' || role === 'admin'

/** The name under which wrong passwords of staff are counted, apart from applicants; every sign of it counts, so that `a-b` and `ab` are two. */
export const staffName = (loginName: string): LoginName => ({ who: 'staff', name: loginName })
