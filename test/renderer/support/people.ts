import type { Account } from '#contract/http/account/account'

/** 利用者詳細 of the person who is signed in; a test changes what it is about. */
export const account = (changes: Partial<Account> = {}): Account => ({
  userId: 'K7RM2XQ9PA',
  category: 'applicant',
  nameEn: 'NGUYEN VAN AN',
  email: 'nguyen.van.an.1998@example.jp',
  phone: '08012345678',
  organization: null,
  birthDate: '1998-04-12',
  sex: null,
  postalCode: null,
  address: null,
  useApproved: false,
  language: 'ja',
  mailJapanese: 'plain',
  deletionDueAt: null,
  ...changes,
})
