import { Hono } from 'hono'
import * as z from 'zod/mini'
import { auditQuery, auditReply, type AuditItem } from '#contract/http/staff/admin'
import { pageQuery } from '#contract/http/certificate/receipt'
import { dateInTokyo } from '../../platform/clock'
import { csvLines } from '../../platform/csv'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { answerRefusal } from '../../http/problem'
import { staffSignedIn } from '../staff-session/staff-signed-in.guard'
import { json, query } from '../../http/validate'
import { noteAuditExport } from './export-audit.action'
import { listAudit, readAudit } from './audit.repo'

const HEAD = ['at', 'actor', 'actorName', 'action', 'subject', 'subjectName', 'detail', 'device']
const toCells = (item: AuditItem) => [
  item.at,
  item.actorKind,
  item.actorName ?? '',
  item.action,
  item.subject,
  item.subjectName ?? '',
  item.detail === null ? '' : JSON.stringify(item.detail),
  item.device ?? '',
]

/** A text as UTF-8 with the mark by which spreadsheets know it, sent as it is made. */
function streamed(slices: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = slices[Symbol.asyncIterator]()
  return new ReadableStream({
    pull: async (controller) => {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => void (await iterator.return?.()),
  })
}

/** DESIGN §9: who did what to which thing, and when. To take it along is itself written down. */
export const auditRoutes = (deps: ServiceDeps) => {
  const { db } = deps
  const admin = staffSignedIn(deps, 'admin')
  return new Hono()
    .get(
      '/',
      describe('The audit log, the newest first', { 200: auditReply }, ['staff.none', 'staff.role', 'request.invalid']),
      admin,
      query(z.extend(auditQuery, pageQuery.shape)),
      async (c) => {
        const { page, size, ...wish } = c.req.valid('query')
        return c.json(await listAudit(db, wish, { page, size }), 200)
      },
    )
    .post(
      '/exports',
      describe('What fits, as CSV (UTF-8): text/csv', { 200: null }, ['staff.none', 'staff.role', 'request.invalid']),
      admin,
      json(auditQuery),
      async (c) => {
        const noted = await noteAuditExport(deps, c.var.actor, c.var.now)
        if (!noted.ok) return answerRefusal(c, noted)
        const wish = c.req.valid('json')
        async function* slices() {
          yield `\uFEFF${csvLines([HEAD])}`
          for await (const items of readAudit(db, wish)) yield csvLines(items.map(toCells))
        }
        return c.body(streamed(slices()), 200, {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="zairyu-audit-${dateInTokyo(c.var.now).toString()}.csv"`,
        })
      },
    )
}
