import { Hono } from 'hono'
import { pageQuery, receiptLinkReply, receiptSchema, receiptsReply } from '#contract/receipt'
import { instantText } from '../../platform/clock'
import { ownAct, writeAudit } from '../../service/audit'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { deviceOf } from '../../service/device'
import { problem } from '../../service/problem'
import { signedIn } from '../../service/signed-in'
import { query } from '../../service/validate'
import { findMailLink } from '../account/account.repo'
import { moveSession } from '../session/session.repo'
import { findOwnCertificate, listReceipts, registerReceipt, toReceipt } from './certificate.repo'

/** M5: a person's own certificates and the registration of their receipt. Those of others do not exist here. */
export const receiptRoutes = (deps: ServiceDeps) => {
  const { db } = deps
  return new Hono()
    .get(
      '/',
      describe('The list of receipts (M5)', { 200: receiptsReply }, ['request.invalid', 'session.none']),
      signedIn(deps),
      query(pageQuery),
      async (c) => {
        const { items, total } = await listReceipts(db, c.var.account.id, c.req.valid('query'))
        return c.json({ items, total, asOf: instantText(c.var.now) }, 200)
      },
    )
    .get(
      '/links/:token',
      describe('Which own certificate the link of a mail is about', { 200: receiptLinkReply }, [
        'session.none',
        'link.unknown',
      ]),
      signedIn(deps),
      async (c) => {
        const link = await findMailLink(db, 'receipt', c.req.param('token'))
        const own =
          link?.certificate_number && (await findOwnCertificate(db, c.var.account.id, link.certificate_number))
        return own ? c.json({ certificateNumber: own.number }, 200) : problem(c, 'link.unknown')
      },
    )
    .post(
      '/:certificateNumber/registration',
      describe('Register the receipt (M5); a second time answers with the first', { 200: receiptSchema }, [
        'session.none',
        'certificate.unknown',
      ]),
      signedIn(deps),
      async (c) => {
        const { account, now, session } = c.var
        const number = c.req.param('certificateNumber')
        const row = await db.transaction().execute(async (trx) => {
          const own = await findOwnCertificate(trx, account.id, number)
          if (!own || own.registered_at !== null) return own
          await registerReceipt(trx, number, now)
          await moveSession(trx, session.token_hash, now)
          await writeAudit(trx, ownAct(account.id, 'receipt.registered', deviceOf(c), `certificate:${number}`), now)
          return { ...own, registered_at: instantText(now) }
        })
        return row ? c.json(toReceipt(row), 200) : problem(c, 'certificate.unknown')
      },
    )
}
