import { Hono } from 'hono'
import { certificatesReply, certificatesRequest, MOST_CERTIFICATES } from '#contract/http/certificate/certificate'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal, problem } from '../../http/problem'
import { systemSignedIn } from '../staff-session/staff-signed-in.guard'
import { importBySystem } from './import-by-staff.action'

/** DESIGN §9: the examination system hands certificates over, one or many; all or none, and the same number twice changes nothing. */
export const handoverRoutes = (deps: ServiceDeps) =>
  new Hono().post(
    '/',
    describe(
      'Hand certificates over (examination system; Bearer token)',
      { 200: certificatesReply },
      ['request.invalid', 'request.malformed', 'token.none'],
      certificatesRequest,
    ),
    systemSignedIn(deps),
    async (c) => {
      const body = await c.req.json<unknown>().catch(() => undefined)
      if (body === undefined) return problem(c, 'request.malformed')
      const rows: unknown[] = Array.isArray(body) ? body : [body]
      if (rows.length === 0 || rows.length > MOST_CERTIFICATES) {
        const errors = [{ field: '', code: 'rows.count', params: { most: MOST_CERTIFICATES } }]
        return problem(c, 'request.invalid', { errors })
      }
      const taken = await importBySystem(deps, c.var.system.id, body, c.var.now)
      if (!taken.ok) return answerRefusal(c, taken)
      return c.json(taken.value, 200)
    },
  )
