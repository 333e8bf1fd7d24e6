import { sql } from 'kysely'
import type { Migration } from '../migration'
import type { Db } from '../open'

const PAGE = 500

/** A signed line as it stands in the text of a mail, broken anywhere between its groups. */
const SIGNED_LINE = /ZAIRYU1(?:\s+[0-9A-Z]{5}){40}/

/** Every certificate keeps the line that its mails carry: it is signed once. */
async function keepSentLines(db: Db): Promise<void> {
  for (let after = ''; ;) {
    const { rows } = await sql<{ id: string; number: string; text: string }>`
      select id, certificate_number as number, text_body as text from outbox
      where certificate_number is not null and id > ${after} order by id limit ${PAGE}`.execute(db)
    for (const { number, text } of rows) {
      const line = SIGNED_LINE.exec(text)?.[0].replace(/\s+/g, ' ')
      if (line !== undefined)
        await sql`update certificates set signed_line = ${line} where number = ${number}`.execute(db)
    }
    after = rows.at(-1)?.id ?? ''
    if (rows.length < PAGE) return
  }
}

interface OldKeys {
  keys: { kid: string; x: string; madeAt: string }[]
}

/**
 * The public halves of the keys so far. The private ones lay open in the database, and so lie in every copy of it that was made:
 * they are not taken along, and a new key signs from the next start on.
 */
async function keepPublicHalves(db: Db): Promise<void> {
  const { rows } = await sql<{ value: string }>`select value from facts where name = 'signing-keys'`.execute(db)
  const { keys } = JSON.parse(rows[0]?.value ?? '{"keys":[]}') as OldKeys
  for (const { kid, x, madeAt } of keys)
    await sql`insert into signing_keys (kid, x, made_at) values (${kid}, ${x}, ${madeAt})`.execute(db)
  await sql`delete from facts where name in ('signing-keys', 'draft-secret')`.execute(db)
}

/**
 * Why a mail is not sent although it was written (null = it is wanted); the line that a certificate was signed with, once; the
 * keys in a table of their own, their private halves sealed. The secret from which the keys of drafts came goes, too: it is
 * derived from the sealing key now.
 */
export const mailsAndKeys: Migration = {
  name: '0015-mails-and-keys',
  erases: true,
  up: async (db) => {
    await sql`alter table outbox add column withdrawn_for text`.execute(db)
    await sql`alter table certificates add column signed_line text`.execute(db)
    await sql`create index certificates_cancelled on certificates (cancelled_at) where cancelled_at is not null`.execute(
      db,
    )
    await sql`create table signing_keys (
      kid text primary key,
      x text not null,
      sealed text,
      made_at text not null,
      retired_at text
    ) strict`.execute(db)
    await keepSentLines(db)
    await keepPublicHalves(db)
  },
}
