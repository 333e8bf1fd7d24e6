import type { Db } from './open'

/** A fact about the data directory (its mode, the moved clock, the base of links), or null. */
export async function readAppMetadata(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value ?? null
}

/** Writes a fact over what was there. */
export async function writeAppMetadata(trx: Db, name: string, value: string): Promise<void> {
  await trx
    .insertInto('facts')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
