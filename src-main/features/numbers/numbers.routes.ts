import { Hono } from 'hono'
import { numbersReply, type Numbers } from '#contract/http/staff/admin'
import { dateInTokyo, instantText } from '../../platform/clock'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { countWeek } from './numbers.repo'
import { lastWeeks } from './numbers.rules'

/** DESIGN §9: how it goes, week by week. */
export const numbersRoutes = (deps: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('Certificates by week, the last twelve', { 200: numbersReply }, ['staff.none', 'staff.role']),
    staffSignedIn(deps, 'admin'),
    async (c) => {
      const today = dateInTokyo(c.var.now)
      const weeks: Numbers['weeks'] = []
      for (const week of lastWeeks(today))
        weeks.push({ from: week.from.toString(), ...(await countWeek(deps.db, week, today)) })
      return c.json({ asOf: instantText(c.var.now), weeks }, 200)
    },
  )
