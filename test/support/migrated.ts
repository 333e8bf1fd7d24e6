import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Temporal } from 'temporal-polyfill'
import { migrate } from '#main/database/migrate'
import { DATABASE_FILE, openDatabase } from '#main/database/open'

async function makeDatabase(version: string, now: Temporal.Instant): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-migrated-'))
  try {
    const file = join(folder, DATABASE_FILE)
    const database = openDatabase(file)
    await migrate(database, folder, { clock: { now: () => now }, version })
    // Closing the last connection moves all of the write-ahead log into the file.
    await database.close()
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const made = new Map<string, Promise<Buffer>>()

/**
 * Writes a database into a data directory as `version` of the program would make it now. The migrations run once in a process for each
 * version and time; every further database is a copy of what they made, which takes a millisecond and not a tenth of a second.
 */
export async function writeMigratedDatabase(dataDir: string, version: string, now: Temporal.Instant): Promise<void> {
  const key = `${version} ${now.toString()}`
  const bytes = made.get(key) ?? makeDatabase(version, now)
  made.set(key, bytes)
  writeFileSync(join(dataDir, DATABASE_FILE), await bytes, { mode: 0o600 })
}
