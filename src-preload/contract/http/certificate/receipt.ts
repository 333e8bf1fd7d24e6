import * as z from 'zod/mini'

/** M5: 20 a page unless chosen otherwise. */
export const PAGE_SIZES = [20, 50, 100] as const

/** `?page=&size=` of a list; pages count from 1. */
export const pageQuery = z.object({
  page: z._default(
    z.coerce
      .number({ error: 'page.number' })
      .check(
        z.int({ error: 'page.number' }),
        z.minimum(1, { error: 'page.number' }),
        z.maximum(1_000_000, { error: 'page.number' }),
      ),
    1,
  ),
  size: z._default(
    z.coerce
      .number({ error: 'page.size' })
      .check(z.refine((size) => (PAGE_SIZES as readonly number[]).includes(size), { error: 'page.size' })),
    20,
  ),
})

/** DESIGN §10. `issuedOn` and `validUntil` are ISO dates (Tokyo), the rest instants; `registeredAt` null = not yet. */
export const receiptSchema = z.object({
  certificateNumber: z.string(),
  issuedOn: z.string(),
  validUntil: z.string(),
  requestedAt: z.string(),
  registeredAt: z.nullable(z.string()),
})
export type Receipt = z.infer<typeof receiptSchema>

/** `GET /receipts`: newest request first; `asOf` is the instant of 「… 現在」. */
export const receiptsReply = z.object({ items: z.array(receiptSchema), total: z.int(), asOf: z.string() })

/** `GET /receipts/links/{token}`: which of the reader's certificates the link of a CoE mail is about. */
export const receiptLinkReply = z.object({ certificateNumber: z.string() })
