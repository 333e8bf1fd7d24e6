import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '#main/database/open'
import { runCli } from '../../support/cli'
import { openPortal } from '../../support/portal'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-operation-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

describe('backup and restore (DESIGN §10)', () => {
  it('bring everything back into a new folder, taken while the program runs', async () => {
    const portal = await openPortal({ backups: true })
    const { userId } = await portal.register()
    const dir = portal.config.dataDir
    writeFileSync(join(dir, 'settings.json'), '{"mailFrom":"office@example.jp"}')
    const [backup, restored] = [join(folder(), 'new'), join(folder(), 'data')]
    expect(await runCli(['backup', backup, '--data', dir])).toMatchObject({ code: 0, err: '' })
    const late = await portal.register({ email: 'late@example.jp' })
    expect(await runCli(['restore', backup, '--data', restored, '--json'])).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(join(restored, 'settings.json'), 'utf8')).toContain('office@example.jp')
    const list = JSON.parse((await runCli(['mail', 'list', '--json', '--data', restored])).out) as { to: string }[]
    expect(list.map(({ to }) => to)).toEqual(['an@example.jp', 'an@example.jp'])
    expect((await runCli(['users', 'approve', userId, '--data', restored])).code).toBe(0)
    expect((await runCli(['users', 'approve', late.userId, '--data', restored])).code).toBe(1)
  })

  it('never write over what is there', async () => {
    const portal = await openPortal({ backups: true })
    const dir = portal.config.dataDir
    const full = folder()
    writeFileSync(join(full, 'mine.txt'), 'mine')
    expect(await runCli(['backup', full, '--data', dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not empty') as string,
    })
    const backup = join(folder(), 'backup')
    await runCli(['backup', backup, '--data', dir])
    expect(await runCli(['restore', backup, '--data', dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining('holds data already') as string,
    })
    expect(await runCli(['restore', full, '--data', folder()])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no backup') as string,
    })
  })

  it('refuse a damaged backup and leave nothing behind', async () => {
    const [damaged, target] = [folder(), join(folder(), 'data')]
    mkdirSync(damaged, { recursive: true })
    writeFileSync(join(damaged, DATABASE_FILE), 'SQLite format 3\0 and then nonsense'.repeat(100))
    expect(await runCli(['restore', damaged, '--data', target])).toMatchObject({
      code: 1,
      err: expect.stringContaining('damaged') as string,
    })
    expect(existsSync(target)).toBe(false)
  })
})

describe('doctor', () => {
  it('says what is in order and what is not', async () => {
    const portal = await openPortal({ backups: true })
    const dir = portal.config.dataDir
    const without = await runCli(['doctor', '--data', dir])
    expect(without.code).toBe(1)
    expect(without.out).toMatch(/^ok +database: whole$/m)
    expect(without.out).toMatch(/^PROBLEM +mail server: none is configured/m)
    const away = await runCli(['doctor', '--json', '--data', dir], { ZAIRYU_SMTP_URL: 'smtp://127.0.0.1:9' })
    const { ok, findings } = JSON.parse(away.out) as { ok: boolean; findings: { what: string; text: string }[] }
    expect(ok).toBe(false)
    expect(findings.find(({ what }) => what === 'mail server')?.text).toBe(
      'the mail server cannot be reached; look at its name, its port and the network [ECONNREFUSED]',
    )
  })

  it('says one next step for each finding, and for none that is in order', async () => {
    const portal = await openPortal({ backups: true })
    const dir = portal.config.dataDir
    portal.wait('P3D')
    writeFileSync(portal.config.backups.dir, 'in the way')
    await portal.runJobs()
    const { out } = await runCli(['doctor', '--json', '--data', dir])
    const { findings } = JSON.parse(out) as { findings: { what: string; ok: boolean; next: string | null }[] }
    for (const { ok, next } of findings) expect(next === null).toBe(ok)
    expect(findings.flatMap(({ what, ok }) => (ok ? [] : [what]))).toEqual(['backup', 'mail server'])
    expect(out).toContain('could not be made')
  })

  it('finds what a quick look does not, and names the command that helps', async () => {
    const portal = await openPortal({ backups: true })
    await portal.register()
    portal.wait('P1D')
    await portal.runJobs()
    const dir = join(folder(), 'data')
    cpSync(portal.config.dataDir, dir, { recursive: true })
    const sqlite = new SqliteFile(join(dir, DATABASE_FILE))
    sqlite.unsafeMode()
    sqlite.pragma('writable_schema = on')
    // An index that knows nothing of what its table holds.
    sqlite.exec(
      "update sqlite_master set sql = replace(sql, 'status, next_attempt_at', 'kind, next_attempt_at') where name = 'outbox_due'",
    )
    sqlite.close()
    const { code, out } = await runCli(['doctor', '--data', dir])
    expect(code).toBe(1)
    expect(out).toMatch(/^PROBLEM {2}database: The data in .* are damaged/m)
    expect(out).toContain(`restore ${join(dir, 'backups', 'auto-20261123T000000Z')} --data ${dir} --replace`)
  })

  it('looks at what it can where there are no data, and where they were written by a newer program', async () => {
    const nothing = join(folder(), 'none')
    const { code, out, err } = await runCli(['doctor', '--json', '--data', nothing])
    expect({ code, err: err.includes('unexpected') }).toEqual({ code: 1, err: false })
    const { findings } = JSON.parse(out) as { findings: { what: string; ok: boolean; text: string }[] }
    expect(findings.find(({ what }) => what === 'database')).toMatchObject({
      ok: false,
      text: expect.stringContaining('There are no data') as string,
    })
    expect(existsSync(nothing)).toBe(false)
    const portal = await openPortal({ backups: true })
    await sql`insert into migrations values ('9999-later', '2026-11-22T00:00:00.000Z', '9.0.0')`.execute(portal.data.db)
    const newer = await runCli(['doctor', '--data', portal.config.dataDir])
    expect(newer.code).toBe(1)
    expect(newer.out).toMatch(/^PROBLEM {2}database: .*written by version 9\.0\.0/m)
  })
})
