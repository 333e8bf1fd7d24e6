/** A column of a `DataTable`. */
export interface TableColumn<Key extends string = string> {
  key: Key
  name: string
  /** The name on a card, where the whole one does not fit beside its value. */
  short?: string
  /** Its cells hold numbers or times: figures of one width. */
  number?: boolean
  /** Its cells hold what is never translated. */
  verbatim?: boolean
  /** Its cells hold buttons; its name is read out only. */
  action?: boolean
  sorted?: 'ascending' | 'descending' | undefined
}
