import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { recordMailAccepted } from '#main/features/certificate/certificate.repo'
import { detectClockChange } from '#main/features/diagnostics/stored-times.repo'
import { processDueMail, newLeaseOwner } from '#main/mail/delivery/worker'
import { certificateLine } from '../../support/samples'
import { openPortal, type Portal } from '../../support/portal'
import { staffMember } from '../../support/staff'

const NUMBER = '在1番Y25071798'
const WRONG = 'Wrong-2026xx'

/** A portal whose clock runs a year ahead while `meanwhile` happens, and is put right before the program is started again. */
async function afterRunningAhead<T>(meanwhile: (portal: Portal) => Promise<T>): Promise<{ portal: Portal; left: T }> {
  const portal = await openPortal()
  portal.wait('P1Y')
  await portal.restart()
  const left = await meanwhile(portal)
  portal.wait('-P1Y')
  await portal.restart()
  return { portal, left }
}

describe('when the clock is put right after running ahead by a year', () => {
  it('a lock of then ends within 24 hours, at the login and by itself', async () => {
    const { portal, left } = await afterRunningAhead(async (portal) => {
      const person = await portal.register()
      for (let turn = 0; turn < 5; turn += 1) await portal.visitor().logIn(person.userId, WRONG)
      return person
    })
    expect((await portal.visitor().logIn(left.userId)).body).toMatchObject({ until: '2026-11-23T00:00:00.000Z' })
    portal.wait('PT23H59M59S')
    expect((await portal.visitor().logIn(left.userId)).status).toBe(423)
    portal.wait('PT1S')
    expect((await portal.visitor().logIn(left.userId)).status).toBe(200)
  })

  it('a session of then has ended, of applicants and of staff; the next login is an ordinary one', async () => {
    const { left } = await afterRunningAhead(async (portal) => ({
      an: await portal.signedIn(),
      clerk: await staffMember(portal, 'clerk'),
    }))
    expect((await left.an.visitor.call('GET', '/session')).status).toBe(401)
    expect((await left.clerk.call('GET', '/staff/session')).status).toBe(401)
    await left.an.visitor.logIn(left.an.userId)
    expect((await left.an.visitor.call('GET', '/session')).body).toMatchObject({ deadline: '2026-11-22T03:00:00.000Z' })
  })

  it('a session has ended at once, also without a new start', async () => {
    const portal = await openPortal()
    portal.wait('P1Y')
    const { visitor } = await portal.signedIn()
    portal.wait('-P1Y')
    expect((await visitor.call('GET', '/session')).status).toBe(401)
  })

  it('a limit of then no longer refuses anybody', async () => {
    const asked = (portal: Portal) => portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
    const { portal } = await afterRunningAhead(async (portal) => {
      for (let turn = 0; turn < 21; turn += 1) await asked(portal)
    })
    expect((await asked(portal)).status).toBe(202)
  })

  it('a mail of then is tried now, and given up three days from now', async () => {
    const { portal } = await afterRunningAhead(async (portal) => {
      await portal.askForRegistration('an@example.jp')
      const refused = { send: () => Promise.resolve({ accepted: false, permanent: false, reason: 'busy' } as const) }
      const transport = { ...refused, reach: () => Promise.resolve(null), close: () => undefined }
      await processDueMail({ ...portal.data.mail, transport, holder: newLeaseOwner() }, portal.now())
    })
    const { db } = portal.data
    const row = () => db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
    expect(await row()).toMatchObject({
      next_attempt_at: '2026-11-22T00:00:00.000Z',
      created_at: '2026-11-22T00:00:00.000Z',
      lease_until: null,
    })
  })

  it('a link of then ends by its span from now', async () => {
    const { portal, left } = await afterRunningAhead((portal) => portal.askForRegistration('an@example.jp'))
    const open = () => portal.visitor().call('GET', `/registrations/${left}`)
    portal.wait('PT23H59M59S')
    expect((await open()).status).toBe(200)
    portal.wait('PT1S')
    expect((await open()).status).toBe(410)
  })

  it('an account whose deletion was wished then is deleted seven days from now', async () => {
    const { portal } = await afterRunningAhead(async (portal) => {
      const { visitor } = await portal.signedIn()
      await visitor.call('POST', '/account/deletion', {})
    })
    const accounts = () => portal.data.db.selectFrom('accounts').select('id').execute()
    portal.wait('PT167H59M59S')
    await portal.runJobs()
    expect(await accounts()).toHaveLength(1)
    portal.wait('PT1S')
    await portal.runJobs()
    expect(await accounts()).toHaveLength(0)
  })

  it.each(['its mail was taken then', 'its reminders were due then'])(
    'a certificate is reminded of every seven days, also where %s',
    async (how) => {
      const { portal } = await afterRunningAhead(async (portal) => {
        const { userId } = await portal.register()
        const line = JSON.stringify(certificateLine(userId, NUMBER))
        const { db } = portal.data
        await importCertificates(db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
        const before = how === 'its reminders were due then'
        await recordMailAccepted(db, NUMBER, before ? portal.now().subtract({ hours: 365 * 24 }) : portal.now())
        if (before) await portal.runJobs()
      })
      const reminders = async () =>
        (await portal.mails()).filter(({ subject }) => subject.includes('受領登録のお願い')).length
      portal.wait('P6DT23H59M59S')
      await portal.runJobs()
      expect(await reminders()).toBe(0)
      portal.wait('PT1S')
      await portal.runJobs()
      expect(await reminders()).toBe(1)
    },
  )

  it('nothing is touched where it was put back by no more than five minutes', async () => {
    const portal = await openPortal()
    const { db } = portal.data
    await detectClockChange(db, portal.now())
    expect(await detectClockChange(db, portal.now().subtract({ minutes: 5 }))).toBe(false)
    expect(await detectClockChange(db, portal.now().subtract({ minutes: 5, milliseconds: 1 }))).toBe(true)
    expect(await detectClockChange(db, Temporal.Instant.from('2026-11-21T23:50:00Z'))).toBe(false)
  })
})
