import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
    const portal = await openPortal()
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
    const portal = await openPortal()
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
    const portal = await openPortal()
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
})
