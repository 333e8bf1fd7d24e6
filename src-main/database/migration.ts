import type { Db } from './open'

/** One numbered step of the schema; runs once, in its own transaction. */
export interface Migration {
  name: string
  /** It takes away what nobody may find in the file any more: afterwards the file is rewritten without its gaps. */
  erases?: true
  up(db: Db): Promise<void>
}
