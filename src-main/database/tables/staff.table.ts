import type { Selectable } from 'kysely'
import type { StaffRole } from '#contract/http/staff/staff'

/** Somebody behind the counter. `left_at`: no longer lets in; the row stays for the audit log. */
export interface StaffTable {
  id: string
  login_name: string
  name: string
  role: StaffRole
  password_hash: string
  created_at: string
  last_login_at: string | null
  left_at: string | null
}
export type StaffRow = Selectable<StaffTable>

/** A session of staff; the cookie's token only as SHA-256. */
export interface StaffSessionTable {
  token_hash: string
  staff_id: string
  created_at: string
  last_move_at: string
  previous_login_at: string | null
}
export type StaffSessionRow = Selectable<StaffSessionTable>

/** The token of another system (the examination system, say); only as SHA-256. */
export interface ServiceTokenTable {
  id: string
  name: string
  token_hash: string
  created_at: string
  revoked_at: string | null
}

export interface StaffTables {
  staff: StaffTable
  staff_sessions: StaffSessionTable
  service_tokens: ServiceTokenTable
}
