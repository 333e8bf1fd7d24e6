import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readAppMetadata, writeAppMetadata } from '#main/database/app-metadata'
import { MIGRATIONS } from '#main/database/migrations/all'
import type { Migration } from '#main/database/migration'
import { migrate } from '#main/database/migrate'
import { DATABASE_FILE, openDatabase } from '#main/database/open'

const clock = { now: () => Temporal.Instant.from('2026-11-22T00:00:00Z') }
const open = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-db-'))
  const connect = () => {
    const database = openDatabase(join(dir, DATABASE_FILE))
    onTestFinished(() => database.close())
    return database
  }
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return { dir, connect }
}
const next: Migration = {
  name: '9999-next',
  up: async (db) => void (await sql`create table next (id text) strict`.execute(db)),
}

describe('the database file (DESIGN §4)', () => {
  it('is in WAL mode with full synchronisation, foreign keys and STRICT tables, for its owner only', async () => {
    const { dir, connect } = open()
    const database = connect()
    await migrate(database, dir, { clock, version: '1.0.0' })
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(database.db)).rows[0] as object)[0]
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    const loose =
      await sql`select name from pragma_table_list where schema = 'main' and type = 'table' and strict = 0 and name not like 'sqlite_%'`.execute(
        database.db,
      )
    expect(loose.rows).toEqual([])
    if (process.platform !== 'win32') expect(statSync(join(dir, DATABASE_FILE)).mode & 0o077).toBe(0)
  })

  it('is brought up to date once, after a backup where there was something to lose', async () => {
    const { dir, connect } = open()
    const database = connect()
    await migrate(database, dir, { clock, version: '1.0.0' })
    expect(existsSync(join(dir, 'backups'))).toBe(false)
    await sql`insert into facts values ('kept', 'yes')`.execute(database.db)
    const migrations = [...MIGRATIONS, next]
    expect(await migrate(database, dir, { clock, version: '1.1.0', migrations })).toBe('9999-next')
    expect(await migrate(database, dir, { clock, version: '1.1.0', migrations })).toBe('9999-next')
    const backup = openDatabase(join(dir, 'backups', 'before-9999-next.sqlite'))
    onTestFinished(() => backup.close())
    expect((await sql`select value from facts where name = 'kept'`.execute(backup.db)).rows).toEqual([{ value: 'yes' }])
    expect((await sql`select name from pragma_table_list where name = 'next'`.execute(backup.db)).rows).toEqual([])
  })

  it('is copied before another version of the program opens it, also when the schema stays the same', async () => {
    const { dir, connect } = open()
    const database = connect()
    const start = (version: string) => migrate(database, dir, { clock, version })
    const write = (text: string) => writeAppMetadata(database.db, 'kept', text)
    const copies = () => (existsSync(join(dir, 'backups')) ? readdirSync(join(dir, 'backups')).sort() : [])
    const inCopy = async (name: string) => {
      const copy = openDatabase(join(dir, 'backups', name))
      onTestFinished(() => copy.close())
      return readAppMetadata(copy.db, 'kept')
    }
    await start('1.0.0')
    await start('1.0.0')
    expect(copies()).toEqual([])
    await write('by 1.0.0')
    await start('1.0.1')
    await write('by 1.0.1')
    await start('1.0.1')
    expect(copies()).toEqual(['before-version-1.0.1.sqlite'])
    expect(await inCopy('before-version-1.0.1.sqlite')).toBe('by 1.0.0')
  })

  it('keeps the copy of before when it is started a second time, also at the same moment', async () => {
    const { dir, connect } = open()
    const [first, second] = [connect(), connect()]
    await migrate(first, dir, { clock, version: '1.0.0' })
    await writeAppMetadata(first.db, 'kept', 'before')
    const upgrade = { clock, version: '1.0.0', migrations: [...MIGRATIONS, next] }
    // The second process has looked already and is about to copy when the first one changes the data.
    const late = {
      ...second,
      backup: async (file: string) => {
        await migrate(first, dir, upgrade)
        await writeAppMetadata(first.db, 'kept', 'after')
        return second.backup(file)
      },
    }
    await migrate(late, dir, upgrade)
    const copies = readdirSync(join(dir, 'backups'))
    expect(copies).toEqual(['before-9999-next.sqlite'])
    const copy = openDatabase(join(dir, 'backups', copies[0] ?? ''))
    onTestFinished(() => copy.close())
    expect(await readAppMetadata(copy.db, 'kept')).toBe('before')
  })

  it('keeps the first copy when people go back to the old version and come again', async () => {
    const { dir, connect } = open()
    const database = connect()
    for (const [day, version] of ['1.0.0', '1.0.1', '1.0.0', '1.0.1'].entries()) {
      await migrate(database, dir, { clock, version })
      await writeAppMetadata(database.db, 'kept', `day ${day}`)
    }
    const kept = await Promise.all(
      readdirSync(join(dir, 'backups'))
        .sort()
        .map(async (file) => {
          const copy = openDatabase(join(dir, 'backups', file))
          onTestFinished(() => copy.close())
          return [file, await readAppMetadata(copy.db, 'kept')]
        }),
    )
    expect(kept).toEqual([
      ['before-version-1.0.0.sqlite', 'day 1'],
      ['before-version-1.0.1.sqlite', 'day 0'],
      ['before-version-1.0.1~2.sqlite', 'day 2'],
    ])
  })

  it('has copies of two versions, not of all', async () => {
    const { dir, connect } = open()
    const database = connect()
    for (const [day, version] of ['1.0.0', '1.0.1', '1.0.2', '1.0.3'].entries()) {
      await migrate(database, dir, { clock, version })
      const made = join(dir, 'backups', `before-version-${version}.sqlite`)
      if (existsSync(made)) utimesSync(made, day, day)
    }
    expect(readdirSync(join(dir, 'backups')).sort()).toEqual([
      'before-version-1.0.2.sqlite',
      'before-version-1.0.3.sqlite',
    ])
  })

  it('is left as it was when a step fails', async () => {
    const { dir, connect } = open()
    const database = connect()
    await migrate(database, dir, { clock, version: '1.0.0' })
    const broken: Migration = {
      name: '9999-broken',
      up: async (db) => {
        await sql`create table half (id text) strict`.execute(db)
        await sql`create table nonsense (`.execute(db)
      },
    }
    await expect(
      migrate(database, dir, { clock, version: '1.1.0', migrations: [...MIGRATIONS, broken] }),
    ).rejects.toThrow()
    expect((await sql`select name from pragma_table_list where name = 'half'`.execute(database.db)).rows).toEqual([])
    expect(await migrate(database, dir, { clock, version: '1.0.0' })).toBe(MIGRATIONS.at(-1)?.name)
  })

  it('of a newer program is refused, saying which version it needs', async () => {
    const { dir, connect } = open()
    const database = connect()
    await migrate(database, dir, { clock, version: '2.3.0', migrations: [...MIGRATIONS, next] })
    await expect(migrate(database, dir, { clock, version: '1.0.0' })).rejects.toThrow(
      /written by version 2\.3\.0; this is version 1\.0\.0/,
    )
  })
})
