import * as z from 'zod/mini'
import { CATEGORY_FIELDS, registrationForm, type Category } from '#contract/http/account/account'
import { birthDateField, emailField, nameEnField, phoneField, postalCodeField } from '#contract/http/fields'
import type { FieldProblem } from '#contract/http/problem'
import type { MessageKey } from '../../../i18n/catalogues'
import { passwordPairProblems } from '../../password/new-password'

/** The order of the form: who one is, how to be reached, then what may be left out. */
const ORDER = ['organization', 'nameEn', 'phone', 'birthDate', 'sex', 'postalCode', 'address'] as const
export type CategoryField = (typeof ORDER)[number]

/** Message keys: what the field asks for, how it is called elsewhere, what is allowed. */
interface FieldWords {
  label: MessageKey
  short: MessageKey
  hint?: MessageKey
}

export interface RegistrationField extends FieldWords {
  name: CategoryField
  need: 'required' | 'optional'
}

/** What a person has typed so far, and the address of the mail that it belongs to. */
export type RegistrationDraft = Record<
  CategoryField | 'email' | 'category' | 'password' | 'passwordConfirmation',
  string
>

/** A form on which nothing has been typed. */
export function emptyRegistration(): RegistrationDraft {
  return {
    email: '',
    category: '',
    organization: '',
    nameEn: '',
    phone: '',
    birthDate: '',
    sex: '',
    postalCode: '',
    address: '',
    password: '',
    passwordConfirmation: '',
  }
}

const WORDS: Record<CategoryField, FieldWords> = {
  organization: named('account.field.organization.name', 'account.field.organization.hint'),
  nameEn: {
    label: 'account.field.nameEn.label',
    short: 'account.field.nameEn.name',
    hint: 'account.field.nameEn.hint',
  },
  phone: { label: 'account.field.phone.label', short: 'account.field.phone.name', hint: 'account.field.phone.hint' },
  birthDate: named('account.field.birthDate.name', 'account.field.birthDate.hint'),
  sex: named('account.field.sex.name'),
  postalCode: named('account.field.postalCode.name', 'account.field.postalCode.hint'),
  address: named('account.field.address.applicant.name', 'account.field.address.hint'),
}

/** domain.md: staff give the name of the person in charge, offices their own name and address. */
const OWN_WORDS: Record<Category, Partial<Record<CategoryField, FieldWords>>> = {
  organization: {
    nameEn: {
      label: 'account.field.nameEn.staff.label',
      short: 'account.field.nameEn.staff.name',
      hint: 'account.field.nameEn.staff.hint',
    },
    address: named('account.field.address.organization.name', 'account.field.address.hint'),
  },
  attorney: {
    organization: named('account.field.organization.office.name', 'account.field.organization.hint'),
    address: named('account.field.address.attorney.name', 'account.field.address.hint'),
  },
  applicant: {},
  representative: {},
}

function named(name: MessageKey, hint?: MessageKey): FieldWords {
  return { label: name, short: name, ...(hint ? { hint } : {}) }
}

/** The fields of a category in the order of the form; before one is chosen, those that every category has. */
export function registrationFields(category: Category | null): RegistrationField[] {
  const needs: Partial<Record<CategoryField, 'required' | 'optional'>> = category
    ? CATEGORY_FIELDS[category]
    : { nameEn: 'required', phone: 'required' }
  return ORDER.flatMap((name) => {
    const need = needs[name]
    return need ? [{ name, need, ...WORDS[name], ...(category && OWN_WORDS[category][name]) }] : []
  })
}

/** A choice of the screen as a category of the contract, or null. */
export function asCategory(choice: string): Category | null {
  return choice in CATEGORY_FIELDS ? (choice as Category) : null
}

const withoutHidden = z.transform((typed: RegistrationDraft) => {
  const shown = new Set<string>(registrationFields(asCategory(typed.category)).map(({ name }) => name))
  const hidden = new Set<string>(['email', ...ORDER.filter((name) => !shown.has(name))])
  const seen = Object.entries(typed).filter(([name]) => !hidden.has(name))
  return Object.fromEntries(seen) as z.input<typeof registrationForm>
})

/**
 * The contract's form, read from a draft. What was typed for another category stays in the draft and is not judged:
 * an error must never stand at a field that cannot be seen.
 */
export const registrationDraftForm = z.pipe(withoutHidden, registrationForm)

/**
 * What depends on two fields. The contract's form tells it only once every single field fits; a reader wants to know
 * all mistakes at once.
 */
export function pairProblems(typed: RegistrationDraft): FieldProblem[] {
  const problems = passwordPairProblems(typed)
  if (typed.category === 'organization' && typed.organization.trim() === '')
    problems.push({ field: 'organization', code: 'field.required' })
  return problems
}

const normalizers: Partial<Record<string, z.ZodMiniType<string, string>>> = {
  email: emailField,
  emailConfirmation: emailField,
  nameEn: nameEnField,
  phone: phoneField,
  postalCode: postalCodeField,
  birthDate: birthDateField,
}

/** A value as the service will keep it (`0901…`, `NGUYEN VAN AN`); what does not fit stays as typed, so that it can be mended. */
export function normalizeTyped(name: string, typed: string): string {
  const read = normalizers[name]?.safeParse(typed)
  if (!read?.success) return typed
  return name === 'birthDate' ? read.data.replaceAll('-', '') : read.data
}
