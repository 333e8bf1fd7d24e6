import { spawnSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import SqliteFile from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { copyDatabase, hashFile, readDatabase } from '#main/database/copy/copy'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-copy-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
/** A database in use: every change moves something between two tables, so that their sum is always the same. */
function ledger(file: string, rows = 2_000) {
  const sqlite = new SqliteFile(file)
  onTestFinished(() => void sqlite.close())
  sqlite.pragma('journal_mode = WAL')
  // What is looked at here are locks and logs; a power failure does not happen.
  sqlite.pragma('synchronous = OFF')
  sqlite.exec('create table here (id integer primary key, amount integer, note text) strict')
  sqlite.exec('create table there (id integer primary key, amount integer, note text) strict')
  for (const table of ['here', 'there']) {
    const insert = sqlite.prepare(`insert into ${table} (amount, note) values (1000, ?)`)
    sqlite.transaction(() => {
      for (let row = 0; row < rows; row += 1) insert.run('x'.repeat(900))
    })()
  }
  const take = sqlite.prepare('update here set amount = amount - ? where id = ?')
  const give = sqlite.prepare('update there set amount = amount + ? where id = ?')
  let moved = 0
  const move = sqlite.transaction((amount: number, id: number) => {
    take.run(amount, id)
    give.run(amount, id)
  })
  return {
    sqlite,
    sum: 2 * rows * 1000,
    moved: () => moved,
    move: () => {
      moved += 1
      move(1 + (moved % 7), 1 + (moved % rows))
    },
  }
}
const sumOf = (file: string): number => {
  const sqlite = new SqliteFile(file, { readonly: true })
  const sum = (table: string) =>
    sqlite.prepare<[], { sum: number }>(`select sum(amount) as sum from ${table}`).get()?.sum ?? 0
  try {
    return sum('here') + sum('there')
  } finally {
    sqlite.close()
  }
}
/** Whether another process finds the database unused. */
const isFree = (file: string): boolean => {
  const library = createRequire(import.meta.url).resolve('better-sqlite3')
  const probe = `const S=require(${JSON.stringify(library)});const d=new S(${JSON.stringify(file)},{timeout:0});
    try{d.pragma('locking_mode=EXCLUSIVE');d.exec('begin immediate');console.log('free')}catch(e){console.log(e.code)}`
  return spawnSync(process.execPath, ['-e', probe]).stdout.toString().trim() === 'free'
}

describe('a copy of a database in use', () => {
  it.each(['as they come', 'with checkpoints in between', 'with a log that begins anew'])(
    'is one state that was committed, and ends, however much is written meanwhile (%s)',
    async (how) => {
      const dir = folder()
      const file = join(dir, 'a.sqlite')
      const { sqlite, sum, move, moved } = ledger(file)
      for (let round = 0; round < 4; round += 1) {
        if (how === 'with a log that begins anew') sqlite.pragma('wal_checkpoint(TRUNCATE)')
        const before = moved()
        let done = false
        const copying = copyDatabase(file, join(dir, `copy-${round}.sqlite`)).finally(() => (done = true))
        while (!done) {
          for (let count = 0; count < 20; count += 1) move()
          if (how === 'with checkpoints in between') sqlite.pragma('wal_checkpoint(PASSIVE)')
          await turn()
        }
        const { content } = await copying
        expect(moved()).toBeGreaterThan(before)
        expect(sumOf(join(dir, `copy-${round}.sqlite`))).toBe(sum)
        expect(content.counts).toEqual({ here: 2000, there: 2000 })
      }
      expect(readdirSync(dir).filter((name) => name.startsWith('copy') && !name.endsWith('.sqlite'))).toEqual([])
    },
    30_000,
  )

  it('holds what is in the write-ahead log alone', async () => {
    const dir = folder()
    const { sqlite } = ledger(join(dir, 'a.sqlite'), 10)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    sqlite.pragma('wal_autocheckpoint = 0')
    sqlite.prepare("insert into here (amount, note) values (7, 'the newest')").run()
    const { content, sha256, bytes } = await copyDatabase(join(dir, 'a.sqlite'), join(dir, 'b.sqlite'))
    expect(content.counts).toEqual({ here: 11, there: 10 })
    expect(await hashFile(join(dir, 'b.sqlite'))).toEqual({ sha256, bytes })
    if (process.platform !== 'win32') expect(statSync(join(dir, 'b.sqlite')).mode & 0o777).toBe(0o600)
  })

  it('takes no lock away from those who work on the original', async () => {
    const dir = folder()
    const file = join(dir, 'a.sqlite')
    const { sqlite } = ledger(file, 10)
    expect(isFree(file)).toBe(false)
    await copyDatabase(file, join(dir, 'b.sqlite'))
    expect(isFree(file)).toBe(false)
    sqlite.close()
    expect(isFree(file)).toBe(true)
  })

  it('is refused where somebody works on the original and nobody may', async () => {
    const dir = folder()
    const file = join(dir, 'a.sqlite')
    const { sqlite } = ledger(file, 10)
    await expect(copyDatabase(file, join(dir, 'b.sqlite'), { alone: true })).rejects.toMatchObject({ inUse: true })
    expect(existsSync(join(dir, 'b.sqlite'))).toBe(false)
    sqlite.close()
    await copyDatabase(file, join(dir, 'b.sqlite'), { alone: true })
    expect((await readDatabase(join(dir, 'b.sqlite'), { deep: true })).counts).toEqual({ here: 10, there: 10 })
  })
})

describe('a copy that is cut off', () => {
  it('leaves nothing, whenever that is, and the program goes on', async () => {
    const dir = folder()
    const file = join(dir, 'a.sqlite')
    ledger(file, 5_000)
    let stopped = 0
    for (let wait = 0; wait <= 60; wait += 4) {
      const cutOff = new AbortController()
      const copied = copyDatabase(file, join(dir, 'b.sqlite'), { signal: cutOff.signal })
      const timer = setTimeout(() => cutOff.abort(), wait)
      const isWhole = await copied.then(
        () => true,
        (error: unknown) => {
          expect(error).toMatchObject({ name: 'CopyError', code: 'stopped' })
          return false
        },
      )
      clearTimeout(timer)
      stopped += isWhole ? 0 : 1
      expect(readdirSync(dir).filter((name) => name.startsWith('b.sqlite'))).toEqual(isWhole ? ['b.sqlite'] : [])
      rmSync(join(dir, 'b.sqlite'), { force: true })
    }
    expect(stopped).toBeGreaterThan(0)
  })

  it('is not begun where it was cut off before', async () => {
    const dir = folder()
    ledger(join(dir, 'a.sqlite'), 10)
    const copied = copyDatabase(join(dir, 'a.sqlite'), join(dir, 'b.sqlite'), { signal: AbortSignal.abort() })
    await expect(copied).rejects.toMatchObject({ name: 'CopyError', code: 'stopped' })
    expect(existsSync(join(dir, 'b.sqlite'))).toBe(false)
  })
})

describe('a database that is damaged', () => {
  it.each([
    { how: 'cut', break: (file: string) => truncateSync(file, statSync(file).size / 2), code: /^SQLITE_CORRUPT/ },
    { how: 'no database', break: (file: string) => writeFileSync(file, 'no database '.repeat(900)), code: /NOTADB/ },
  ])('is not copied: $how', async ({ break: damage, code }) => {
    const dir = folder()
    const made = ledger(join(dir, 'a.sqlite'), 200)
    made.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(join(dir, 'a.sqlite'), join(dir, 'broken.sqlite'))
    damage(join(dir, 'broken.sqlite'))
    const copied = copyDatabase(join(dir, 'broken.sqlite'), join(dir, 'b.sqlite'))
    await expect(copied).rejects.toMatchObject({ name: 'CopyError', code: expect.stringMatching(code) as string })
    expect(readdirSync(dir).filter((name) => name.startsWith('b.sqlite'))).toEqual([])
  })

  it('is found by reading it through, also where it can be opened', async () => {
    const dir = folder()
    const { sqlite } = ledger(join(dir, 'a.sqlite'), 200)
    sqlite.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(join(dir, 'a.sqlite'), join(dir, 'broken.sqlite'))
    const bytes = Buffer.alloc(4096, 0xff)
    const handle = openSync(join(dir, 'broken.sqlite'), 'r+')
    writeSync(handle, bytes, 0, bytes.length, 4096 * 20)
    closeSync(handle)
    await expect(readDatabase(join(dir, 'broken.sqlite'))).rejects.toMatchObject({ code: 'SQLITE_CORRUPT' })
  })
})
