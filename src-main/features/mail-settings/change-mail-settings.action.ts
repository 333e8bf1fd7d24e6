import type { Temporal } from 'temporal-polyfill'
import type { MailSettingsRequest } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import type { MailSettingsService } from '../../mail/settings/mail-settings-service'
import { planMailChange } from '../../mail/settings/mail-settings.rules'
import { resumeQueue } from '../../mail/delivery/queue-stop.repo'
import { refused, type Outcome } from '../../platform/outcome'
import { asStaff, type StaffActor } from '../staff-session/as-staff.action'

/**
 * Changes how mail goes out. What is left out of a request stays as it is, so a change is made of the settings that it was made against:
 * where another admin was faster while the password was put away, it is made anew from theirs, or refused by them.
 */
export async function changeMailSettings(
  { db, mail }: { db: Db; mail: MailSettingsService },
  actor: StaffActor,
  request: MailSettingsRequest,
  now: Temporal.Instant,
): Promise<Outcome<'changed'>> {
  for (;;) {
    const seen = mail.state()
    const plan = planMailChange(request, seen)
    if (!plan.ok)
      return plan.problem === 'mail-server.password'
        ? refused('request.invalid', [{ field: 'server.password', code: plan.problem }])
        : refused(plan.problem)
    const { smtpUrl, mailFrom } = plan.value
    const prepared = await mail.prepare(plan.value)
    const done = await asStaff<'changed' | 'again'>(db, actor, now, async (trx, { note }) => {
      if (JSON.stringify(mail.state()) !== JSON.stringify(seen)) return { ok: true, value: 'again' }
      const detail = {
        ...(smtpUrl !== undefined && { server: smtpUrl === null ? 'removed' : 'set' }),
        ...(mailFrom !== undefined && { sender: 'set' }),
      }
      await note({ action: 'settings.mail-changed', subject: 'settings', detail })
      await resumeQueue(trx, now)
      mail.change(prepared)
      return { ok: true, value: 'changed' }
    })
    if (!done.ok) return done
    if (done.value === 'changed') return { ok: true, value: 'changed' }
  }
}
