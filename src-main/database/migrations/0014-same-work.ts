import { sql } from 'kysely'
import { isDeviceLabel } from '../../platform/user-agent'
import type { Migration } from '../migration'

/** What makes answers about people who exist and people who do not the same work; and no words of strangers in the audit log. */
export const sameWork: Migration = {
  name: '0014-same-work',
  up: async (db) => {
    await sql`create index accounts_with_old_hash on accounts (password_hash)
      where substr(password_hash, 1, 31) <> '$argon2id$v=19$m=19456,t=2,p=1$'`.execute(db)
    // What a mail to nobody would have been: one row, written over each time, read by nobody.
    await sql`create table mail_to_nobody (
      id integer primary key check (id = 1),
      subject text not null,
      text_body text not null,
      html_body text not null
    ) strict`.execute(db)
    const labels = await db.selectFrom('audit').select('device').distinct().where('device', 'is not', null).execute()
    for (const { device } of labels)
      if (device !== null && !isDeviceLabel(device))
        await db.updateTable('audit').set({ device: null }).where('device', '=', device).execute()
  },
}
