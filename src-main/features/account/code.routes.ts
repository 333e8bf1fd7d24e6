import { Hono } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { codeReply, codeRequest } from '#contract/account'
import { instantText } from '../../platform/clock'
import { newToken } from '../../platform/ids'
import { writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { clearLimit, passLimit } from '../../service/limit.repo'
import type { Limit } from '../../service/limit.rules'
import { problem } from '../../service/problem'
import { json } from '../../service/validate'
import { addLinkToken, countWrongCode, emailKey, findMailLinkByCode, mailLinkFacts } from './account.repo'
import { CODE_TRIES, openLink, type LinkKind } from './account.rules'

/** Ours: five wrong codes an hour for one address, whether or not anything was mailed to it. */
const TRIES_AT_AN_ADDRESS: Limit = { count: CODE_TRIES, window: Temporal.Duration.from({ hours: 1 }) }

const SCREEN: Record<LinkKind, string> = {
  registration: '/register/',
  receipt: '/receipts/',
  'password-reset': '/password-reset/',
  'email-change': '/email-change/',
  'email-undo': '/email-undo/',
}

/** DESIGN §5: a mailed code that is typed in does the same as the link of its mail: it leads to the same screen. */
export const codeRoutes = ({ db, clock }: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Open the screen of a mailed link by its code', { 200: codeReply }, [
      'request.invalid',
      'code.wrong',
      'link.used',
      'link.expired',
      'request.too-many',
    ]),
    json(codeRequest),
    async (c) => {
      const now = clock.now()
      const { email, code } = c.req.valid('json')
      const key = `code:${emailKey(email)}`
      const answer = await db.transaction().execute(async (trx) => {
        const passed = await passLimit(trx, key, TRIES_AT_AN_ADDRESS, now)
        if (!passed.ok) return { problem: 'request.too-many', retryAt: passed.problem.retryAt } as const
        const link = await findMailLinkByCode(trx, email, code)
        if (!link) {
          await countWrongCode(trx, email)
          return { problem: 'code.wrong', triesLeft: CODE_TRIES - passed.value.count } as const
        }
        await clearLimit(trx, key)
        const opened = openLink(mailLinkFacts(link), now)
        if (!opened.ok) return { problem: opened.problem } as const
        const token = newToken()
        await addLinkToken(trx, link.id, token)
        await writeAudit(trx, { actor: 'visitor', action: 'link.code-typed', subject: `link:${link.id}` }, now)
        return { path: `${SCREEN[link.kind]}${token}` } as const
      })
      if ('path' in answer) return c.json({ path: answer.path }, 200)
      if (answer.problem === 'request.too-many')
        return problem(c, answer.problem, { retryAt: instantText(answer.retryAt) })
      if (answer.problem === 'code.wrong') return problem(c, answer.problem, { triesLeft: answer.triesLeft })
      return problem(c, answer.problem)
    },
  )
