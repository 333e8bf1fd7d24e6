import { Hono } from 'hono'
import { codeReply, codeRequest } from '#contract/http/account/account'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceKeyOf } from '../../http/cookies/device'
import { answerRefusal } from '../../http/problem'
import { json } from '../../http/validate'
import type { LinkKind } from '#domain/mail-link'
import { enterCode } from './enter-code.action'

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
      const entered = await enterCode(db, { ...c.req.valid('json'), deviceKey: deviceKeyOf(c) }, clock.now())
      if (!entered.ok) return answerRefusal(c, entered)
      const { link, token } = entered.value
      return c.json({ path: `${SCREEN[link.kind]}${token}` }, 200)
    },
  )
