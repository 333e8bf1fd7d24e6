import * as z from 'zod/mini'
import type { Account } from '#contract/http/account/account'
import { detailsForm } from '#contract/http/account/my-page'
import { registrationFields, type RegistrationField } from '../../registration/fields/registration.fields'
import { DETAILS, type Detail } from './change.store'

type TypedDetails = Record<Detail, string>

/** M6.3: what this person may change. Postal code and address only where the 利用申出 is approved. */
export function openDetails({ useApproved }: Account): Detail[] {
  return DETAILS.filter((detail) => useApproved || detail === 'phone')
}

/** The fields for it, worded for the person's category. */
export function detailFields(account: Account): RegistrationField[] {
  const fields = registrationFields(account.category)
  return openDetails(account).flatMap((detail) => fields.find(({ name }) => name === detail) ?? [])
}

/** The contract's form without what this person may not change; that is neither judged nor sent. */
export function detailsSchema({ useApproved }: Account) {
  return useApproved ? detailsForm : z.pick(detailsForm, { phone: true })
}

/** The account as it would be, or null where something typed does not fit. */
export function changedAccount(account: Account, typed: TypedDetails): Account | null {
  const read = detailsSchema(account).safeParse(typed)
  return read.success ? { ...account, ...read.data } : null
}

/** Which details differ. */
export function changedDetails(before: Account, after: Account): Detail[] {
  return DETAILS.filter((detail) => (before[detail] ?? '') !== (after[detail] ?? ''))
}
