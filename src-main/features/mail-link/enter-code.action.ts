import type { Temporal } from 'temporal-polyfill'
import { emailKey } from '#domain/text/email-address'
import type { Db } from '../../database/open'
import { instantText } from '../../platform/clock'
import { newToken } from '../../platform/ids'
import { writeAudit } from '../../database/audit'
import { clearLimit, consumeRateLimit } from '../../database/rate-limit/rate-limit.repo'
import { refused, refusedWith, type Outcome } from '../../platform/outcome'
import { addLinkToken, findMailLinkByCode, mailLinkFacts } from '../account/account.repo'
import { CODES_OF_A_DEVICE, CODES_OF_AN_ADDRESS, openLink } from '../account/account.rules'
import type { MailLinkRow } from '../../database/tables/account.table'

/**
 * DESIGN §5: a mailed code that is typed in opens what the link of its mail opens; answers that link with a token of its own. Wrong
 * ones slow down who types them, for 15 minutes; they never take the code from whom it was mailed to.
 */
export const enterCode = (
  db: Db,
  { email, code, deviceKey }: { email: string; code: string; deviceKey: string | undefined },
  now: Temporal.Instant,
): Promise<Outcome<{ link: MailLinkRow; token: string }>> =>
  db.transaction().execute(async (trx): Promise<Outcome<{ link: MailLinkRow; token: string }>> => {
    const open = async (link: MailLinkRow, keys: string[]): Promise<Outcome<{ link: MailLinkRow; token: string }>> => {
      for (const key of keys) await clearLimit(trx, key)
      const opened = openLink(mailLinkFacts(link), now)
      if (!opened.ok) return refused(opened.problem)
      const token = newToken()
      await addLinkToken(trx, link.id, token)
      await writeAudit(trx, { actor: 'visitor', action: 'link.code-typed', subject: `link:${link.id}` }, now)
      return { ok: true, value: { link, token } }
    }
    const address = `code:${emailKey(email)}`
    const own = deviceKey === undefined ? null : `code-of-device:${deviceKey} ${emailKey(email)}`
    const ownPassed = own === null ? null : await consumeRateLimit(trx, own, CODES_OF_A_DEVICE, now)
    if (ownPassed && !ownPassed.ok)
      return refusedWith('request.too-many', { retryAt: instantText(ownPassed.problem.retryAt) })
    if (own !== null) {
      const link = await findMailLinkByCode(trx, email, code, deviceKey)
      if (link) return open(link, [own])
    }
    const passed = await consumeRateLimit(trx, address, CODES_OF_AN_ADDRESS, now)
    if (!passed.ok) return refusedWith('request.too-many', { retryAt: instantText(passed.problem.retryAt) })
    const link = await findMailLinkByCode(trx, email, code)
    if (link) return open(link, own === null ? [address] : [address, own])
    const byAddress = CODES_OF_AN_ADDRESS.count - passed.value.count
    const byDevice = ownPassed ? CODES_OF_A_DEVICE.count - ownPassed.value.count : byAddress
    return refusedWith('code.wrong', { triesLeft: Math.min(byAddress, byDevice) })
  })
