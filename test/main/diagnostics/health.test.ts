import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { healthReply, type Health } from '#contract/http/health'
import { DATABASE_FILE } from '#main/database/open'
import { healthMonitor } from '#main/features/diagnostics/health-monitor.query'
import { diskState } from '#main/features/diagnostics/health.rules'
import { openPortal, type Portal } from '../../support/portal'
import { startProgram } from '../../support/program'

const MIB = 1024 * 1024
const healthOf = async (portal: Portal): Promise<Health> =>
  healthReply.parse((await portal.visitor().call('GET', '/health')).body)

describe('the room on the disk', () => {
  it.each([
    { free: 200 * MIB, state: 'ok' },
    { free: 200 * MIB - 1, state: 'low' },
    { free: 16 * MIB, state: 'low' },
    { free: 16 * MIB - 1, state: 'full' },
    { free: 0, state: 'full' },
  ])('of $free bytes is $state', ({ free, state }) => {
    expect(diskState(free)).toBe(state)
  })
})

describe('GET /health', () => {
  it('is well on data that can be written to', async () => {
    const portal = await openPortal()
    expect(await healthOf(portal)).toMatchObject({
      status: 'ok',
      database: { status: 'ok', problem: null, migration: portal.data.migration },
      disk: { status: 'ok' },
      backup: { status: 'ok', lastAt: null },
    })
  })

  it('says that nothing can be written, while that is so', async () => {
    const portal = await openPortal()
    const file = join(portal.config.dataDir, DATABASE_FILE)
    const other = new SqliteFile(file)
    onTestFinished(() => void other.close())
    other.exec(
      "create trigger closed before update on facts when new.name = 'write-probe' begin select raise(abort, 'no'); end",
    )
    portal.wait('PT1M')
    await healthOf(portal)
    portal.wait('PT1M')
    expect(await healthOf(portal)).toMatchObject({
      status: 'degraded',
      database: { status: 'failing', problem: 'failing' },
    })
    other.exec('drop trigger closed')
    portal.wait('PT4.999S')
    expect((await healthOf(portal)).status).toBe('degraded')
    portal.wait('PT0.001S')
    expect((await healthOf(portal)).status).toBe('ok')
  })

  it('says that the data are damaged once a request has met that', async () => {
    const portal = await openPortal()
    const { db } = portal.data
    const { config } = portal
    const health = healthMonitor({
      db,
      dataDir: config.dataDir,
      folder: config.backups.dir,
      keep: { days: 7, weeks: 4 },
    })
    health.note(Object.assign(new Error('the disk is full'), { code: 'SQLITE_FULL' }))
    expect((await health.look(portal.now())).database).toEqual({ status: 'ok', problem: null })
    health.note(Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT_INDEX' }))
    expect((await health.look(portal.now())).database).toEqual({ status: 'failing', problem: 'damaged' })
  })

  it('tells of the automatic backups: made, late, failed, off', async () => {
    const portal = await openPortal({ backups: true })
    portal.wait('PT24H')
    await portal.runJobs()
    expect((await healthOf(portal)).backup).toEqual({ status: 'ok', lastAt: '2026-11-23T00:00:00.000Z' })
    portal.wait('PT48H59M59S')
    expect((await healthOf(portal)).status).toBe('ok')
    portal.wait('PT1S')
    expect(await healthOf(portal)).toMatchObject({ status: 'degraded', backup: { status: 'late' } })
    rmSync(portal.config.backups.dir, { recursive: true })
    writeFileSync(portal.config.backups.dir, 'no folder')
    await portal.runJobs()
    expect(await healthOf(portal)).toMatchObject({ status: 'degraded', backup: { status: 'failed' } })
    rmSync(portal.config.backups.dir)
    portal.wait('PT1H')
    await portal.runJobs()
    expect(await healthOf(portal)).toMatchObject({ status: 'ok', backup: { lastAt: '2026-11-25T02:00:00.000Z' } })

    const without = await openPortal({ backups: true, env: { ZAIRYU_BACKUP_DAYS: '0', ZAIRYU_BACKUP_WEEKS: '0' } })
    without.wait('P9D')
    await without.runJobs()
    expect(await healthOf(without)).toMatchObject({ status: 'ok', backup: { status: 'off', lastAt: null } })
  })

  it('says so while the disk is full, and when there is room again; nothing that was answered is lost', async (context) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-full-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=260m', 'tmpfs', dataDir])
    if (mounted.status !== 0) context.skip('needs a small disk of its own (mount, as root)')
    onTestFinished(() => void spawnSync('umount', ['-l', dataDir]))
    const program = await startProgram({ dataDir })
    onTestFinished(() => program.kill())
    const ask = async () => healthReply.parse(await (await fetch(`${program.url}/api/v1/health`)).json())
    const register = async (email: string) =>
      (
        await fetch(`${program.url}/api/v1/registrations`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ email }),
        })
      ).status
    expect(await ask()).toMatchObject({ status: 'ok', disk: { status: 'ok' } })
    const filler = join(dataDir, 'filler')
    const handle = openSync(filler, 'w')
    expect(() => {
      for (;;) writeSync(handle, Buffer.alloc(64 * 1024))
    }).toThrow(/ENOSPC/)
    closeSync(handle)
    // What the log of the database has room for may still be written.
    let answered = 0
    let status = 202
    for (let turn = 0; turn < 2_000 && status === 202; turn += 1) {
      status = await register(`an${turn}@example.jp`)
      if (status === 202) answered += 1
    }
    expect(status).toBe(500)
    const full = await ask()
    expect(full).toMatchObject({ status: 'degraded', disk: { status: 'full' } })
    rmSync(filler)
    expect(await register('be@example.jp')).toBe(202)
    expect((await ask()).disk).toEqual({ status: 'ok' })
    await program.stop()
    const sqlite = new SqliteFile(join(dataDir, DATABASE_FILE))
    const { count } = sqlite.prepare<[], { count: number }>('select count(*) as count from outbox').get() ?? {
      count: 0,
    }
    sqlite.close()
    expect(count).toBe(answered + 1)
  }, 120_000)
})
