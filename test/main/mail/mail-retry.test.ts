import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/platform/clock'
import { runCli } from '../../support/cli'
import { openPortal } from '../../support/portal'
import { openPostOffice } from './post-office'

describe('mail retry for many', () => {
  it('tries given-up mails again, all or those of a kind, and what waits; doctor says what is wrong meanwhile', async () => {
    // The command line knows the machine's clock alone.
    const portal = await openPortal({ startsAt: systemClock.now().toString() })
    const office = await openPostOffice()
    for (let count = 0; count < 8; count += 1) await portal.askForRegistration(`a${count}@example.jp`)
    const outbox = portal.data.db.updateTable('outbox').where('recipient', 'in', ['a0@example.jp', 'a1@example.jp'])
    await outbox.set({ status: 'failed', failure: 'address', last_error: '550 5.1.1 after RCPT TO' }).execute()
    const data = ['--data', portal.config.dataDir]
    const env = { ZAIRYU_SMTP_URL: office.url }
    const cli = (...args: string[]) => runCli([...args, ...data], env)

    for (let count = 0; count < 20; count += 1)
      office.recipientAnswers.push({ responseCode: 554, message: '5.7.1 Relay access denied' })
    const refused = await cli('mail', 'retry', '--kind', 'address')
    expect(refused).toMatchObject({ code: 0 })
    expect(refused.out).toMatch(
      /^2 tried again; 8 waiting, 0 given up\.\nNO MAIL GOES OUT since .*does not pass mail on for this office/,
    )
    const doctor = await cli('doctor')
    expect(doctor.code).toBe(1)
    expect(doctor.out).toMatch(/^PROBLEM +outbox: 8 waiting, 0 given up .*NO MAIL GOES OUT.*mail retry --waiting/m)
    expect(doctor.out).toMatch(/^ok +mail server: answers$/m)

    office.recipientAnswers.length = 0
    const done = await cli('mail', 'retry', '--waiting', '--json')
    expect(JSON.parse(done.out)).toMatchObject({ queued: 0, failed: 0, trouble: { stopped: null, waiting: [] } })
    expect(office.letters).toHaveLength(8)
    expect((await cli('mail', 'retry', '--all')).out).toMatch(/^0 tried again/)
    const audit = await portal.data.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'mail.all-retried')
      .execute()
    expect(audit.map(({ actor, detail }) => [actor, JSON.parse(detail ?? '') as object])).toMatchObject([
      ['operator', { status: 'failed', failure: 'address', count: 2 }],
      ['operator', { status: 'queued' }],
    ])
  })

  it.each([[], ['x', '--all'], ['--all', '--waiting'], ['--kind', 'nonsense']])('refuses %j %j', async (...args) => {
    const portal = await openPortal()
    const answer = await runCli(['mail', 'retry', ...args, '--data', portal.config.dataDir])
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(args.join().includes('nonsense') ? /^The kinds are: address/ : /^Name one mail/)
  })
})
