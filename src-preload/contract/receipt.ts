import { z } from 'zod'

/** M5: 20 a page unless chosen otherwise. */
export const PAGE_SIZES = [20, 50, 100] as const

/** `?page=&size=` of a list; pages count from 1. */
export const pageQuery = z.object({
  page: z.coerce
    .number({ error: 'page.number' })
    .int({ error: 'page.number' })
    .min(1, { error: 'page.number' })
    .max(1_000_000, { error: 'page.number' })
    .default(1),
  size: z.coerce
    .number({ error: 'page.size' })
    .refine((size) => (PAGE_SIZES as readonly number[]).includes(size), { error: 'page.size' })
    .default(20),
})

/** DESIGN §10. `issuedOn` and `validUntil` are ISO dates (Tokyo), the rest instants; `registeredAt` null = not yet. */
export const receiptSchema = z.object({
  certificateNumber: z.string(),
  issuedOn: z.string(),
  validUntil: z.string(),
  requestedAt: z.string(),
  registeredAt: z.string().nullable(),
})
export type Receipt = z.infer<typeof receiptSchema>

/** `GET /receipts`: newest request first; `asOf` is the instant of 「… 現在」. */
export const receiptsReply = z.object({ items: z.array(receiptSchema), total: z.number().int(), asOf: z.string() })

/** `GET /receipts/links/{token}`: which of the reader's certificates the link of a CoE mail is about. */
export const receiptLinkReply = z.object({ certificateNumber: z.string() })
