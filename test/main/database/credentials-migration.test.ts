import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '#main/database/migrations/all'
import { migrate } from '#main/database/migrate'
import { DATABASE_FILE, openDatabase } from '#main/database/open'
import { readTries } from '#main/features/session/session.repo'
import { applicantName } from '#main/features/session/session.rules'
import { staffName } from '#main/features/staff-session/staff-session.rules'
import { hashToken } from '#main/platform/ids'

const clock = { now: () => Temporal.Instant.from('2026-11-22T00:00:00Z') }
const UNTIL = '2026-11-22T12:00:00.000Z'

it('keeps every lock when the counts of staff and applicants are parted (0013)', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-db-'))
  const database = openDatabase(join(dir, DATABASE_FILE))
  onTestFinished(async () => {
    await database.close()
    rmSync(dir, { recursive: true })
  })
  const { db } = database
  const before = MIGRATIONS.filter(({ name }) => name < '0013')
  await migrate(database, dir, { clock, version: '1.0.0', migrations: before })
  await sql`insert into staff values ('s', 'hana-ko', '花子', 'clerk', 'x', ${UNTIL}, null, null)`.execute(db)
  for (const [id, key] of [
    ['K7RM2XQ9PA', 'K7RM2XQ9PA'],
    ['sato-1', 'SATO1'],
  ])
    await sql`insert into accounts (id, system, user_id, user_id_key, category, email, email_key, language, password_hash, created_at)
      values (${id}, 'zairyu', ${id}, ${key}, 'applicant', 'a@example.jp', 'a@example.jp', 'ja', 'x', ${UNTIL})`.execute(
      db,
    )
  for (const name of ['STAFF:HANAKO', 'K7RM2XQ9PA', 'SATO1', 'NOBODY'])
    await sql`insert into login_tries values (${hashToken(name)}, 5, ${UNTIL})`.execute(db)
  await migrate(database, dir, { clock, version: '1.0.0' })
  const locked = { wrongInARow: 5, lockedUntil: Temporal.Instant.from(UNTIL) }
  for (const name of [
    staffName('hana-ko'),
    applicantName({ user_id: 'K7RM2XQ9PA' }),
    applicantName({ user_id: 'sato-1' }),
    applicantName(null, 'nobody'),
  ])
    expect(await readTries(db, name), name.name).toEqual(locked)
  for (const name of [staffName('hanako'), applicantName(null, 'staff:hana-ko')])
    expect((await readTries(db, name)).wrongInARow, name.name).toBe(0)
})
