import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '#main/database/open'
import { readReports } from '#main/platform/log/crash-reports'
import { logFile, readLog } from '#main/platform/log/log'
import { runCli } from '../../support/cli'
import { BASE, openPortal, type Portal, type Visitor } from '../../support/portal'
import { liveThrough } from '../../support/planted'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

const ANY_LEVEL = { env: { ZAIRYU_LOG_LEVEL: 'trace' } }
const REPORT = {
  incident: '7F3K-22QD',
  name: 'TypeError',
  code: null,
  place: 'screen',
  screen: 'certificate.receipts',
  stack: ['setup screen-abc.js:1:2'],
}
const found = (planted: readonly string[], text: string) => planted.filter((one) => text.includes(one))
const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-support-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const make = async (portal: Portal) => (await staffMember(portal, 'admin', 'helper')).call('POST', '/support-files')

describe('after all main journeys, with every failure on the way', () => {
  it('nothing about anybody is in the log, nor in the support file of the program and of the command line', async () => {
    const portal = await openPortal(ANY_LEVEL)
    const planted = await liveThrough(portal)
    expect(planted.length).toBeGreaterThan(100)
    await portal.visitor().call('POST', '/crash-reports', REPORT)

    const lines = readLog(portal.config.dataDir, 10_000)
    const log = lines.join('\n')
    // What the search rests on: it was logged much, also what failed.
    const told = new Set(lines.map((line) => (JSON.parse(line) as { msg: string }).msg))
    expect([...told]).toEqual(
      expect.arrayContaining(['started', 'answered', 'request failed', 'a mail was not taken', 'a page failed']),
    )
    expect(log).toContain('/api/v1/password-resets/:token/completion')
    expect(found(planted, log)).toEqual([])

    const { status, text } = await make(portal)
    expect(status).toBe(200)
    expect(found(planted, text)).toEqual([])
    expect(text).toContain('SQLITE_CONSTRAINT_TRIGGER')
    expect(text).toContain('a mail was not taken')

    const file = join(folder(), 'support.txt')
    const env = { ZAIRYU_SMTP_URL: 'smtp://smtp-user-77:Smtp-Geheim-77@127.0.0.1:9' }
    expect(await runCli(['support', file, '--data', portal.config.dataDir], env)).toMatchObject({ code: 0, err: '' })
    expect(found(planted, readFileSync(file, 'utf8'))).toEqual([])
  })

  it('a text that is planted in the log by another hand does not leave the machine', async () => {
    const portal = await openPortal()
    await portal.visitor().call('GET', '/health')
    const line = { level: 50, time: '2026-11-22T00:00:00.000Z', msg: 'NGUYEN VAN AN', email: 'an@example.jp' }
    const file = join(folder(), 'support.txt')
    await runCli(['users', 'approve', 'nobody', '--data', portal.config.dataDir])
    rmSync(logFile(portal.config.dataDir), { force: true })
    portal.data.log.level = 'info'
    portal.data.log.info('started')
    writeFileSync(logFile(portal.config.dataDir), `${JSON.stringify(line)}\n`, { flag: 'a' })
    expect(await runCli(['support', file, '--data', portal.config.dataDir])).toMatchObject({ code: 0 })
    const { log } = JSON.parse(readFileSync(file, 'utf8')) as { log: object[] }
    expect(log.at(-1)).toEqual({ time: '2026-11-22T00:00:00.000Z', level: 'error', msg: null })
  })
})

describe('the support file', () => {
  it('tells what helps: versions, settings by name only, findings, counts, reports', async () => {
    const portal = await openPortal()
    await portal.register()
    await portal.visitor().call('POST', '/crash-reports', REPORT)
    const { body, headers } = await make(portal)
    expect(headers.get('content-disposition')).toContain('zairyu-support.txt')
    expect(body).toMatchObject({
      program: { shell: 'browser', training: false, version: portal.config.version },
      settings: { mailServer: 'none', mailServerSource: 'default', publicUrl: 'none', port: 4180 },
      counts: { accounts: 1, certificates: 0 },
      crashReports: [{ ...REPORT, at: expect.any(String) as string }],
    })
    const findings = body['findings'] as { what: string; ok: boolean }[]
    expect(findings.map(({ what, ok }) => [what, ok])).toEqual([
      ['version', true],
      ['folder', true],
      ['rights', true],
      ['disk', true],
      ['public address', true],
      ['database', true],
      ['backup', true],
      ['signing key', true],
      ['outbox', true],
      ['mail server', false],
    ])
  })

  it.each<Record<string, string>>([{}, { ZAIRYU_PUBLIC_URL: 'https://immi.example.jp' }])(
    'is for admins who are signed in, and not for whoever reaches the machine (%o)',
    async (env) => {
      const portal = await openPortal({ env })
      const ask = (visitor: Visitor, headers = {}) => visitor.call('POST', '/support-files', undefined, headers)
      expect((await ask(portal.visitor())).body['code']).toBe('staff.none')
      expect((await ask(portal.visitor(), { Origin: BASE })).body['code']).toBe('staff.none')
      expect((await ask((await portal.signedIn()).visitor)).body['code']).toBe('staff.none')
      expect((await ask(await staffMember(portal, 'clerk'))).body['code']).toBe('staff.role')
      const admin = await staffMember(portal, 'admin')
      expect((await ask(admin, { Origin: 'https://evil.example' })).body['code']).toBe('request.origin')
      expect((await admin.call('GET', '/support-files')).status).toBe(404)
      expect((await ask(admin, { Origin: BASE })).status).toBe(200)
      portal.wait('PT15M')
      expect((await ask(admin)).body['code']).toBe('staff.none')
    },
  )

  it('is made ten times an hour at most, and each one is written down', async () => {
    const portal = await openPortal()
    await addStaff(portal, 'admin')
    const admin = portal.visitor()
    const signIn = () => admin.call('POST', '/staff/session', { loginName: 'admin', password: STAFF_PASSWORD })
    await signIn()
    const made = async () => (await admin.call('POST', '/support-files')).status
    for (let turn = 0; turn < 10; turn += 1) expect(await made()).toBe(200)
    portal.wait('PT59M59S')
    await signIn()
    expect(await made()).toBe(429)
    portal.wait('PT1S')
    expect(await made()).toBe(200)
    const { body } = await admin.call('GET', '/staff/audit?action=support.made')
    expect(body).toMatchObject({ total: 11 })
  })

  it('is written by the command line also where the database cannot be opened, and over nothing', async () => {
    const [data, out] = [folder(), folder()]
    writeFileSync(join(data, DATABASE_FILE), 'this is no database: NGUYEN VAN AN'.repeat(100))
    const file = join(out, 'support.txt')
    expect(await runCli(['support', file, '--data', data])).toMatchObject({ code: 0, err: '' })
    const text = readFileSync(file, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ findings: { failed: { code: 'SQLITE_NOTADB' } }, counts: null })
    expect(text).not.toContain('NGUYEN')
    expect(text).not.toContain(data)
    const again = await runCli(['support', file, '--data', data])
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('is there already') as string })
    const nowhere = await runCli(['support', join(out, 'no/such/folder.txt'), '--data', data])
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining('ENOENT') as string })
    expect((await runCli(['support', '--data', data])).code).toBe(2)
    const unknown = join(out, 'empty.txt')
    expect((await runCli(['support', unknown, '--data', join(data, 'none')])).code).toBe(0)
    expect(existsSync(join(data, 'none', DATABASE_FILE))).toBe(false)
  })
})

describe('errors of a page', () => {
  it('are kept and logged under their number', async () => {
    const portal = await openPortal({ env: { ZAIRYU_LOG_LEVEL: 'info' } })
    expect((await portal.visitor().call('POST', '/crash-reports', REPORT)).status).toBe(204)
    expect(readReports(portal.config.dataDir)).toMatchObject([REPORT])
    expect(readLog(portal.config.dataDir, 1).map((line) => JSON.parse(line) as object)).toMatchObject([
      { msg: 'a page failed', incident: REPORT.incident, err: { name: 'TypeError', stack: REPORT.stack } },
    ])
  })

  it.each([{ message: 'NGUYEN VAN AN' }, { screen: '/register/token' }, { stack: ['NGUYEN VAN AN'] }])(
    'are refused with anything that could be about somebody: %s',
    async (changes) => {
      const portal = await openPortal()
      const { status } = await portal.visitor().call('POST', '/crash-reports', { ...REPORT, ...changes })
      expect(status).toBe(422)
      expect(readReports(portal.config.dataDir)).toEqual([])
    },
  )

  it('are taken twenty times an hour at most', async () => {
    const portal = await openPortal()
    const tell = async () => (await portal.visitor().call('POST', '/crash-reports', REPORT)).status
    for (let turn = 0; turn < 20; turn += 1) expect(await tell()).toBe(204)
    expect(await tell()).toBe(429)
    portal.wait('PT1H')
    expect(await tell()).toBe(204)
    expect(readReports(portal.config.dataDir)).toHaveLength(10)
  })
})
