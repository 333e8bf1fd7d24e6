import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteFile from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '#main/database/open'
import type { Manifest } from '#main/features/backup/backup-folder.files'
import { runCli, spawnCli } from '../../support/cli'
import { startProgram } from '../../support/program'
import { openPortal, type Portal } from '../../support/portal'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-backup-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const modeOf = (path: string) => statSync(path).mode & 0o777
const contains = (text: string) => expect.stringContaining(text) as string
const accountsIn = (dir: string): number => {
  const sqlite = new SqliteFile(join(dir, DATABASE_FILE), { readonly: true })
  try {
    return sqlite.prepare<[], { count: number }>('select count(*) as count from accounts').get()?.count ?? -1
  } finally {
    sqlite.close()
  }
}
/** A data directory that no program uses, with its last account in the write-ahead log alone, as after a power failure. */
async function afterPowerFailure(): Promise<string> {
  const portal = await openPortal({ backups: true })
  await portal.register()
  const dir = join(folder(), 'data')
  // The files as they lie on the disk while the program works.
  cpSync(portal.config.dataDir, dir, { recursive: true })
  expect(statSync(join(dir, `${DATABASE_FILE}-wal`)).size).toBeGreaterThan(0)
  return dir
}
function damage(file: string): void {
  const handle = openSync(file, 'r+')
  for (let page = 1; page < statSync(file).size / 4096; page += 1)
    writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096)
  closeSync(handle)
}

describe('backup DIR', () => {
  let portal: Portal
  let dir: string
  beforeEach(async () => {
    portal = await openPortal({ backups: true })
    await portal.register()
    dir = portal.config.dataDir
  })

  it('says what is in it, in words and in a manifest, and is for its owner only', async () => {
    writeFileSync(join(dir, 'settings.json'), '{"mailFrom":"office@example.jp"}')
    const to = join(folder(), 'new', 'backup')
    const { code, out, err } = await runCli(['backup', to, '--data', dir])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/1 accounts, 0 certificates/)
    expect(readdirSync(to).sort()).toEqual(['backup.json', 'settings.json', DATABASE_FILE])
    const manifest = JSON.parse(readFileSync(join(to, 'backup.json'), 'utf8')) as Manifest
    expect(manifest).toMatchObject({
      zairyuBackup: 1,
      version: portal.config.version,
      migration: portal.data.migration,
      training: false,
      counts: { accounts: 1 },
      newestEntry: '2026-11-22T00:00:00.000Z',
    })
    expect(manifest.files.map(({ name }) => name)).toEqual([DATABASE_FILE, 'settings.json'])
    if (process.platform === 'win32') return
    expect(modeOf(to)).toBe(0o700)
    for (const name of readdirSync(to)) expect(modeOf(join(to, name))).toBe(0o600)
  })

  it('leaves nothing where it fails, and what it left when it was cut off does not stand in its way', async () => {
    const to = join(folder(), 'backup')
    mkdirSync(to)
    writeFileSync(join(to, `${DATABASE_FILE}.unfinished`), 'half')
    expect(await runCli(['backup', to, '--data', dir])).toMatchObject({ code: 0, err: '' })
    const broken = await afterPowerFailure()
    await runCli(['mail', 'list', '--data', broken])
    damage(join(broken, DATABASE_FILE))
    const nowhere = join(folder(), 'none')
    expect((await runCli(['backup', nowhere, '--data', broken])).code).toBe(1)
    expect(existsSync(nowhere)).toBe(false)
  })
})

describe('restore DIR', () => {
  it('of a directory in use is refused, and says what to do; nothing is made', async () => {
    const portal = await openPortal({ backups: true })
    await portal.register()
    const target = join(folder(), 'data')
    expect(await runCli(['restore', portal.config.dataDir, '--data', target])).toMatchObject({
      code: 1,
      err: contains('A program works on the data'),
    })
    expect(existsSync(target)).toBe(false)
  })

  it('of a directory that nobody uses brings all of its write-ahead log', async () => {
    const source = await afterPowerFailure()
    const target = join(folder(), 'data')
    expect(await runCli(['restore', source, '--data', target])).toMatchObject({
      code: 0,
      err: '',
      out: contains('1 accounts'),
    })
    rmSync(join(target, DATABASE_FILE))
    expect(await runCli(['restore', source, '--data', target])).toMatchObject({
      code: 0,
      out: contains(join(target, 'signing.key')),
    })
    expect(accountsIn(target)).toBe(1)
    expect((await runCli(['mail', 'list', '--data', target])).out).toContain('an@example.jp')
  })

  it('says what was restored, as JSON too', async () => {
    const portal = await openPortal({ backups: true })
    await portal.register()
    const [backup, target] = [join(folder(), 'backup'), join(folder(), 'data')]
    await runCli(['backup', backup, '--data', portal.config.dataDir])
    const { out } = await runCli(['restore', backup, '--data', target, '--json'])
    expect(JSON.parse(out)).toMatchObject({
      folder: target,
      counts: { accounts: 1 },
      newestEntry: '2026-11-22T00:00:00.000Z',
      replaced: null,
    })
    if (process.platform !== 'win32')
      expect([modeOf(target), modeOf(join(target, DATABASE_FILE))]).toEqual([0o700, 0o600])
  })

  it('puts aside what is there with --replace alone, and never where a program uses it', async () => {
    const portal = await openPortal({ backups: true })
    await portal.register()
    const backup = join(folder(), 'backup')
    await runCli(['backup', backup, '--data', portal.config.dataDir])
    expect(await runCli(['restore', backup, '--data', portal.config.dataDir, '--replace'])).toMatchObject({
      code: 1,
      err: contains('A program works on the data'),
    })
    const other = await openPortal({ backups: true })
    const target = join(folder(), 'data')
    writeFileSync(join(other.config.dataDir, 'settings.json'), '{"mailFrom":"old@example.jp"}')
    cpSync(other.config.dataDir, target, { recursive: true })
    expect(await runCli(['restore', backup, '--data', target])).toMatchObject({ code: 1, err: contains('--replace') })
    expect(accountsIn(target)).toBe(0)
    const { code, out } = await runCli(['restore', backup, '--data', target, '--replace'])
    expect(code).toBe(0)
    expect(out).not.toContain('signing key')
    expect(accountsIn(target)).toBe(1)
    const replaced = /What was there before is in (.*)$/m.exec(out)?.[1] ?? ''
    expect(accountsIn(replaced)).toBe(0)
    expect(readFileSync(join(replaced, 'settings.json'), 'utf8')).toContain('old@example.jp')
    expect(readdirSync(target).filter((name) => name.startsWith('restoring-'))).toEqual([])
  })

  it('can be run again where it was cut off, at whatever point', async () => {
    const portal = await openPortal({ backups: true })
    await portal.register()
    const backup = join(folder(), 'backup')
    await runCli(['backup', backup, '--data', portal.config.dataDir])
    const target = folder()
    mkdirSync(join(target, 'restoring-999999'))
    writeFileSync(join(target, 'restoring-999999', DATABASE_FILE), 'half a file')
    writeFileSync(join(target, `${DATABASE_FILE}-wal`), 'of the data that were put aside just before')
    expect(await runCli(['restore', backup, '--data', target])).toMatchObject({ code: 0, err: '' })
    expect(accountsIn(target)).toBe(1)
    expect(existsSync(join(target, 'restoring-999999'))).toBe(false)
    expect(existsSync(join(target, `${DATABASE_FILE}-wal`))).toBe(false)
  })

  it.each([
    { what: 'a byte was changed', change: (file: string) => damage(file) },
    { what: 'it was cut', change: (file: string) => truncateSync(file, 8192) },
    { what: 'nothing is left in it', change: (file: string) => truncateSync(file, 0) },
  ])('of a backup in which $what is refused; nothing is made', async ({ change }) => {
    const portal = await openPortal({ backups: true })
    const [backup, target] = [join(folder(), 'backup'), join(folder(), 'data')]
    await runCli(['backup', backup, '--data', portal.config.dataDir])
    change(join(backup, DATABASE_FILE))
    expect(await runCli(['restore', backup, '--data', target])).toMatchObject({ code: 1, err: contains('damaged') })
    expect(existsSync(target)).toBe(false)
    rmSync(join(backup, 'backup.json'))
    expect(await runCli(['restore', backup, '--data', target])).toMatchObject({ code: 1, out: '' })
    expect(existsSync(target)).toBe(false)
  })

  it('of data of a newer program is refused', async () => {
    const source = await afterPowerFailure()
    const sqlite = new SqliteFile(join(source, DATABASE_FILE))
    sqlite.exec("insert into migrations values ('9999-later', '2026-11-22T00:00:00.000Z', '9.0.0')")
    sqlite.close()
    const target = join(folder(), 'data')
    expect(await runCli(['restore', source, '--data', target])).toMatchObject({ code: 1, err: contains('newer') })
    expect(existsSync(target)).toBe(false)
  })
})

describe('damaged data', () => {
  /** A data directory whose newest good backup is the automatic one of the first day, since the later one is damaged, too. */
  async function withBackups(): Promise<string> {
    const portal = await openPortal({ backups: true })
    await portal.register()
    portal.wait('P1D')
    await portal.runJobs()
    portal.wait('P1D')
    await portal.runJobs()
    const dir = join(folder(), 'data')
    cpSync(portal.config.dataDir, dir, { recursive: true })
    for (const end of ['-wal', '-shm']) rmSync(join(dir, DATABASE_FILE + end), { force: true })
    damage(join(dir, 'backups', 'auto-20261124T000000Z', DATABASE_FILE))
    return dir
  }
  const DAMAGES = [
    {
      what: 'cut in half',
      change: (file: string) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096),
    },
    {
      what: 'as if there had been none',
      change: (file: string) => {
        rmSync(file)
        new SqliteFile(file).exec('create table other (id integer)').close()
      },
    },
    { what: 'empty', change: (file: string) => truncateSync(file, 0) },
    { what: 'something else', change: (file: string) => writeFileSync(file, 'not a database at all '.repeat(500)) },
  ]

  it.each(DAMAGES)(
    '($what) are named with the newest good backup and the command that restores it',
    async ({ change }) => {
      const dir = await withBackups()
      change(join(dir, DATABASE_FILE))
      const good = join(dir, 'backups', 'auto-20261123T000000Z')
      for (const command of [
        ['mail', 'list'],
        ['backup', join(folder(), 'b')],
        ['users', 'approve', 'X'],
        ['doctor'],
      ]) {
        const { code, out, err } = await runCli([...command, '--data', dir])
        expect(code).toBe(1)
        expect(out + err).toContain(join(dir, DATABASE_FILE))
        expect(out + err).toContain(`npm run -s cli -- restore ${good} --data ${dir} --replace`)
        expect(out + err).not.toContain('Something unexpected')
      }
      const restored = await runCli(['restore', good, '--data', dir, '--replace'])
      expect(restored).toMatchObject({ code: 0, err: '' })
      expect(accountsIn(dir)).toBe(1)
    },
  )

  it('keep the program from starting, with the same words', async () => {
    const dir = await withBackups()
    truncateSync(join(dir, DATABASE_FILE), 4096)
    const started = startProgram({ dataDir: dir })
    await expect(started).rejects.toThrow(/ended with 1: The data in .* are damaged: [^]*npm run -s cli -- restore/)
  })

  it('without any backup say so', async () => {
    const dir = folder()
    writeFileSync(join(dir, DATABASE_FILE), 'not a database at all '.repeat(500))
    expect(await spawnCli(['mail', 'list', '--data', dir])).toMatchObject({
      code: 1,
      err: contains('There is no good backup'),
    })
  })

  it('that this user may not read or write are named so, not as an unexpected error', async (context) => {
    if (process.platform === 'win32' || process.getuid?.() === 0) context.skip('needs a user for whom rights count')
    const dir = await afterPowerFailure()
    chmodSync(join(dir, DATABASE_FILE), 0o000)
    expect(await runCli(['mail', 'list', '--data', dir])).toMatchObject({ code: 1, err: contains('cannot be opened') })
  })
})

describe('what lies in a data directory', () => {
  it.runIf(process.platform !== 'win32')(
    'is closed to all others at the next start, also where it was open before',
    async () => {
      const portal = await openPortal({ backups: true })
      portal.wait('P1D')
      await portal.runJobs()
      const dir = portal.config.dataDir
      writeFileSync(join(dir, 'settings.json'), '{}', { mode: 0o644 })
      chmodSync(dir, 0o755)
      chmodSync(join(dir, DATABASE_FILE), 0o644)
      const [auto = ''] = readdirSync(join(dir, 'backups'))
      const copy = join(dir, 'backups', auto, DATABASE_FILE)
      chmodSync(join(dir, 'backups'), 0o755)
      chmodSync(copy, 0o644)
      await portal.restart()
      expect([dir, join(dir, 'backups')].map(modeOf)).toEqual([0o700, 0o700])
      expect([join(dir, DATABASE_FILE), join(dir, 'settings.json'), copy].map(modeOf)).toEqual([0o600, 0o600, 0o600])
    },
  )
})
