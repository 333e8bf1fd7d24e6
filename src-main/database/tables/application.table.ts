import type { Selectable } from 'kysely'
import type { StoredState } from '#domain/application-state'

/** An application handed in at a counter, with delivery by e-mail. Dates are ISO (Tokyo). `taken_by` null: it came with a handed-over certificate. */
export interface ApplicationTable {
  id: string
  receipt_number: string
  account_id: string
  office: string
  received_on: string
  state: StoredState
  certificate_number: string | null
  valid_until: string | null
  note: string
  taken_by: string | null
  created_at: string
  updated_at: string
}
export type ApplicationRow = Selectable<ApplicationTable>

/** The last number given in a series like `TYO-2026`. */
export interface ReceiptCounterTable {
  series: string
  last: number
}

/** How many applications a person has; kept by the database's own triggers. */
export interface OwnApplicationCountTable {
  account_id: string
  count: number
}

/** How many applications there are by state and last valid day (blank = none); kept by the database's own triggers. */
export interface ApplicationCountTable {
  state: StoredState
  valid_until: string
  count: number
}

/** The same, also by office and day of intake. */
export interface ApplicationDayCountTable extends ApplicationCountTable {
  office: string
  received_on: string
}

export interface ApplicationTables {
  applications: ApplicationTable
  application_counts: ApplicationCountTable
  application_day_counts: ApplicationDayCountTable
  own_application_counts: OwnApplicationCountTable
  receipt_counters: ReceiptCounterTable
}
