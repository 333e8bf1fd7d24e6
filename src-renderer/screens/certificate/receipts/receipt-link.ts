import { certificateApi } from '../../../api/certificate'

/** As many at a time as the service gives: the certificate of a mail is nearly always among the first. */
const BATCH = 100

/** The page of the list, at this size, on which a certificate stands; null when it is not in the list. */
export async function pageOf(certificateNumber: string, size: number): Promise<number | null> {
  for (let page = 1; ; page += 1) {
    const { items, total } = await certificateApi.receipts.list({ page, size: BATCH })
    const place = items.findIndex((item) => item.certificateNumber === certificateNumber)
    if (place >= 0) return Math.floor(((page - 1) * BATCH + place) / size) + 1
    if (items.length === 0 || page * BATCH >= total) return null
  }
}
