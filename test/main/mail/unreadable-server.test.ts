import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { systemClock } from '#main/platform/clock'
import { runCli } from '../../support/cli'
import { openPortal } from '../../support/portal'

const SERVE = join(import.meta.dirname, '../../../out/main/serve.js')
const MALFORMED = { ZAIRYU_SMTP_URL: 'smtps://mailer:Geh/eim#9@mail.example.jp:465' }
const LITERAL = { ZAIRYU_SMTP_URL: 'smtp://mailer:100%geheim@127.0.0.1:9' }

describe('a mail server whose URL cannot be read', () => {
  it('stops no command but those that send, and is told of without any part of the password', async () => {
    // The command line knows the machine's clock alone.
    const portal = await openPortal({ startsAt: systemClock.now().toString() })
    await portal.askForRegistration('an@example.jp')
    const { id } = await portal.lastMailTo('an@example.jp')
    const data = ['--data', portal.config.dataDir]
    for (const args of [
      ['mail', 'list'],
      ['mail', 'show', id],
      ['clock', 'show'],
      ['backup', join(portal.config.dataDir, 'copy')],
    ])
      expect((await runCli([...args, ...data], MALFORMED)).err).not.toContain('ZAIRYU_SMTP_URL')
    const doctor = await runCli(['doctor', ...data], MALFORMED)
    expect(doctor.out).toMatch(/^ok +database/m)
    expect(doctor.out).toMatch(/^PROBLEM +mail server: ZAIRYU_SMTP_URL is "smtps:\/\/…"; allowed: .*%2F %3F %23/m)
    const retried = await runCli(['mail', 'retry', id, ...data], MALFORMED)
    expect(retried).toMatchObject({ code: 1, err: expect.stringMatching(/^ZAIRYU_SMTP_URL is .*\n$/) as string })
    const told = [doctor, retried, await runCli(['support', join(portal.config.dataDir, 's.txt'), ...data], MALFORMED)]
    expect(JSON.stringify(told)).not.toMatch(/Geh|eim#/)
    expect(await portal.lastMailTo('an@example.jp')).toMatchObject({ status: 'queued', attempts: 0 })
  })

  it('stops the start with one line', async () => {
    const portal = await openPortal()
    const { code, err } = await new Promise<{ code: unknown; err: string }>((resolve) => {
      const args = [SERVE, '--browser', '--no-open', '--port', '0', '--data', portal.config.dataDir]
      execFile(process.execPath, args, { env: { ...process.env, ...MALFORMED } }, (error, _, err) => {
        resolve({ code: error?.code, err })
      })
    })
    expect(code).toBe(2)
    expect(err).toMatch(/^ZAIRYU_SMTP_URL is "smtps:\/\/…"; allowed: [^\n]*\n$/)
  })
})

describe('a percent sign in the password of the mail server', () => {
  it('stops nothing, and is never printed', async () => {
    // The command line knows the machine's clock alone.
    const portal = await openPortal({ startsAt: systemClock.now().toString() })
    await portal.askForRegistration('an@example.jp')
    const { id } = await portal.lastMailTo('an@example.jp')
    const data = ['--data', portal.config.dataDir]
    expect(await runCli(['mail', 'list', ...data], LITERAL)).toMatchObject({ code: 0, err: '' })
    const told = [await runCli(['doctor', ...data], LITERAL), await runCli(['mail', 'retry', id, ...data], LITERAL)]
    expect(told[0]?.out).toMatch(/^PROBLEM +mail server: the mail server cannot be reached/m)
    expect(told[1]?.err).toMatch(/ECONNREFUSED/)
    expect(JSON.stringify(told)).not.toContain('geheim')
  })
})
