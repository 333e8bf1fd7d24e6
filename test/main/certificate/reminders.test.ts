import fc from 'fast-check'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { reminderJob } from '#main/features/reminder/reminder.job'
import { isStillValid, nextReminder, validityEnd } from '#main/features/timeline/reminder.rules'
import { openPortal, tokenIn, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const NUMBER = '在1番Y25071798'

/** A certificate whose mail the server took now, on 22 November 2026 at 9:00 in Tokyo; it is good until 20 February 2027. */
const issued = async () => {
  const portal = await openPortal()
  const person = await portal.signedIn()
  const line = JSON.stringify(certificateLine(person.userId, NUMBER))
  await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
  await recordMailAccepted(portal.data.db, NUMBER, portal.now())
  return { portal, ...person }
}
const reminders = async (portal: Portal) =>
  (await portal.mails()).filter(({ subject }) => subject.includes('受領登録のお願い')).map(({ subject }) => subject)

describe('reminders (M1.4, M5)', () => {
  it.each([
    { after: 'P6DT23H59M59S', count: 0 },
    { after: 'P7D', count: 1 },
    { after: 'P7DT1S', count: 1 },
  ])('go out after 7 days: $count $after after the mail server took the mail', async ({ after, count }) => {
    const { portal } = await issued()
    portal.wait(after)
    await portal.runJobs()
    await portal.runJobs()
    expect(await reminders(portal)).toHaveLength(count)
  })

  it('come every 7 days, numbered, with the certificate and a new link each, until 3 months after the issue', async () => {
    const { portal, visitor, userId } = await issued()
    for (let day = 0; day < 120; day += 1) {
      await portal.runJobs()
      portal.wait('P1D')
    }
    const subjects = await reminders(portal)
    expect(subjects).toEqual(
      Array.from(
        { length: 12 },
        (_, index) =>
          `【入管庁】【再送${index + 1}回目】受領登録のお願い (Reminder ${index + 1}: please register the receipt)`,
      ),
    )
    const mails = (await portal.mails()).filter(({ text }) => text.includes(NUMBER))
    const tokens = mails.map((mail) => tokenIn(mail, 'receipts'))
    expect(new Set(tokens).size).toBe(13)
    await visitor.logIn(userId)
    for (const token of tokens)
      expect((await visitor.call('GET', `/receipts/links/${token}`)).body).toEqual({ certificateNumber: NUMBER })
  })

  it('end with the registration of the receipt', async () => {
    const { portal, userId } = await issued()
    portal.wait('P7D')
    await portal.runJobs()
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    await visitor.call('POST', `/receipts/${encodeURIComponent(NUMBER)}/registration`)
    portal.wait('P30D')
    await portal.runJobs()
    expect(await reminders(portal)).toHaveLength(1)
  })

  it('are one at once when the program was off, then go on by the grid', async () => {
    const { portal } = await issued()
    portal.wait('P16D')
    await portal.runJobs()
    expect(await reminders(portal)).toHaveLength(1)
    portal.wait('P4DT23H59M59S')
    await portal.runJobs()
    expect(await reminders(portal)).toHaveLength(1)
    portal.wait('PT1S')
    await portal.runJobs()
    expect(await reminders(portal)).toHaveLength(2)
  })

  it('do not go out once the certificate is over, however late', async () => {
    const { portal } = await issued()
    portal.wait('P200D')
    await portal.runJobs()
    expect(await reminders(portal)).toEqual([])
    expect(await portal.data.db.selectFrom('certificates').select('next_reminder_at').execute()).toEqual([
      { next_reminder_at: null },
    ])
  })

  it('wait for the first acceptance by the mail server', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const line = JSON.stringify(certificateLine(userId, NUMBER))
    await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
    portal.wait('P30D')
    await portal.runJobs()
    expect(await reminders(portal)).toEqual([])
  })

  it('are one for a slot, also when two programs look at the same rows', async () => {
    const { portal } = await issued()
    portal.wait('P7D')
    const jobs = [1, 2].map(() => reminderJob(portal.data))
    await Promise.all(jobs.map((job) => job.run(portal.now())))
    expect(await reminders(portal)).toHaveLength(1)
  })

  it('are found by their index, whatever else there is', async () => {
    const { portal } = await issued()
    const plan = await sql<{
      detail: string
    }>`explain query plan select * from certificates where next_reminder_at is not null and next_reminder_at <= '2026' order by next_reminder_at limit 50`.execute(
      portal.data.db,
    )
    expect(plan.rows.map(({ detail }) => detail).join()).toMatch(
      /SEARCH certificates USING INDEX certificates_to_remind/,
    )
  })
})

describe('the grid of reminders', () => {
  const accepted = Temporal.Instant.from('2026-11-22T00:00:00Z')

  it('ends with the last valid day in Tokyo', () => {
    expect(validityEnd('2026-12-06').toString()).toBe('2026-12-06T15:00:00Z')
    const at = (text: string) => Temporal.Instant.from(text)
    expect(isStillValid('2026-12-06', at('2026-12-06T14:59:59Z'))).toBe(true)
    expect(isStillValid('2026-12-06', at('2026-12-06T15:00:00Z'))).toBe(false)
    expect(nextReminder(accepted, '2026-12-06', at('2026-11-29T00:00:00Z'))?.toString()).toBe('2026-12-06T00:00:00Z')
    expect(nextReminder(accepted, '2026-12-05', at('2026-11-29T00:00:00Z'))).toBeNull()
  })

  it('is always ahead, at most 7 days, a whole number of weeks from the acceptance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 24 * 3600 }), (seconds) => {
        const now = accepted.add({ seconds })
        const next = nextReminder(accepted, '2027-12-31', now)
        expect(next).not.toBeNull()
        if (!next) return
        expect(accepted.until(next).total('seconds') % (7 * 24 * 3600)).toBe(0)
        const ahead = now.until(next).total('seconds')
        expect(ahead).toBeGreaterThan(0)
        expect(ahead).toBeLessThanOrEqual(7 * 24 * 3600)
      }),
    )
  })
})
