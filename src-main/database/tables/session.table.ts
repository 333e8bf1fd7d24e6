import type { Selectable } from 'kysely'

/** A session on the server; the cookie's token only as SHA-256. */
export interface SessionTable {
  token_hash: string
  account_id: string
  created_at: string
  last_move_at: string
  /** When the password was typed last; changes of password and address ask for a recent one. */
  authenticated_at: string
  previous_login_at: string | null
}
export type SessionRow = Selectable<SessionTable>

/** Wrong passwords in a row by name as typed, whether or not there is such a one; the name only as SHA-256. */
export interface LoginAttemptTable {
  who: 'applicant' | 'staff'
  name_hash: string
  wrong_in_a_row: number
  locked_until: string | null
}

export interface SessionTables {
  sessions: SessionTable
  login_tries: LoginAttemptTable
}
