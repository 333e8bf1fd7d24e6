import type { Page } from '@playwright/test'
import { LANGUAGES } from '../../src-preload/domain/language'
import { USER_ID_ALPHABET, withCheckCharacter } from '../../src-preload/domain/user-id'
import { hasBrought } from './arrived'
import { inputFile } from './inputs'
import { PASSWORD } from './samples'

/**
 * Who stands before a screen: a visitor with a window of his own, an applicant with certificates and one without, staff, and whoever
 * comes to a kiosk.
 */
export const PEOPLE = ['visitor', 'applicant', 'newcomer', 'clerk', 'admin', 'kiosk'] as const
export type Who = (typeof PEOPLE)[number]

/** The four schemes, the widths of a phone and of a desktop, and the eight languages with やさしい日本語 as a ninth. */
export const SCHEMES = ['standard', 'blue', 'yellow', 'black'] as const
export const WIDTHS = [320, 1280] as const
export const LANGUAGES_SHOWN = [...LANGUAGES, 'ja-easy'] as const

/** What a screen is about: parts of its address, each known to the stage, and the links that a person can have mailed anew. */
export interface World {
  announcement: string
  register: string
  usedLink: string
  reset: string
  emailChange: string
  emailUndo: string
  receiptLink: string
  number: string
  application: string
  issued: string
  mail: string
  /** Asks for a link that nobody has used yet. */
  newRegisterLink(): Promise<string>
  newResetLink(): Promise<string>
}

/** A screen in a state that a person can bring it into. */
export interface Screen {
  name: string
  /** The name of the route that is shown in the end. */
  route: string
  who: Who
  path(world: World): string | Promise<string>
  /** What the person does once it is shown; for states that are not there at first. */
  act?(page: Page, look: Look): Promise<void>
  /** Whose name it has as its title, where that is not its route's; null: what it is about, or what went wrong. */
  named?: string | null
}

/** IDs that nobody has: one for each language, so that none is locked by the others' wrong passwords, and one that gets locked. */
const unknownId = ({ language }: Look) =>
  withCheckCharacter(`ABCDEFGH${USER_ID_ALPHABET[LANGUAGES_SHOWN.indexOf(language)]}`)
const LOCKED_ID = withCheckCharacter('HGFEDCBA2')

const part = encodeURIComponent
const at =
  (path: string): Screen['path'] =>
  () =>
    path
const submit = (page: Page) => page.locator('main form [type=submit]').first().click()
const field = (page: Page, name: string) => page.locator(`main [name="${name}"]`)
const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).waitFor()
/** Sends an empty form: the summary of what is missing stands above it. */
const sendEmpty = async (page: Page) => {
  await submit(page)
  await page.locator('[aria-invalid=true]').first().waitFor()
}
const arrive = (page: Page, path: string | RegExp) => page.waitForURL((url) => new RegExp(path).test(url.pathname))

async function logInWith(page: Page, password: string, userId: string): Promise<void> {
  await field(page, 'userId').fill(userId)
  await field(page, 'password').fill(password)
  await submit(page)
}
async function fillRegistration(page: Page): Promise<void> {
  await page.locator('main input[type=radio]').nth(2).check()
  await field(page, 'nameEn').fill('nguyen van an')
  await field(page, 'phone').fill('080-1234-5678')
  await field(page, 'password').fill(PASSWORD)
  await field(page, 'passwordConfirmation').fill(PASSWORD)
  await submit(page)
  await arrive(page, /\/confirm$/)
}
async function fillEmails(page: Page, email: string): Promise<void> {
  await field(page, 'email').fill(email)
  await field(page, 'emailConfirmation').fill(email)
  await submit(page)
}
async function changeThePhone(page: Page): Promise<void> {
  const phone = field(page, 'phone')
  await phone.fill((await phone.inputValue()) === '09087654321' ? '08012345678' : '09087654321')
  await submit(page)
  await arrive(page, '/my-page/change/confirm')
}
/** A kiosk begins with the language, and its page keeps no address. */
async function startKiosk(page: Page, { language }: Look): Promise<void> {
  const [code, place] = language === 'ja-easy' ? ['ja', 1] : [language, 0]
  await page.locator(`main button[lang="${code}"]`).nth(place).click()
  await page.locator('.kiosk-bar:not(header)').waitFor()
}

/** How a screen is looked at. */
export interface Look {
  language: (typeof LANGUAGES_SHOWN)[number]
  scheme: (typeof SCHEMES)[number]
  width: number
  furigana?: boolean
}

/** Every screen of the program, most of them as they are first seen, some in the states in which they are read with most care. */
export const SCREENS: readonly Screen[] = [
  { name: 'top', route: 'top', who: 'visitor', path: at('/') },
  { name: 'announcements', route: 'announcement.list', who: 'visitor', path: at('/announcements') },
  {
    name: 'announcement',
    route: 'announcement.read',
    who: 'visitor',
    path: ({ announcement }) => `/announcements/${announcement}`,
    named: null,
  },
  { name: 'procedures', route: 'guide.procedures', who: 'visitor', path: at('/procedures') },
  { name: 'contact', route: 'guide.contact', who: 'visitor', path: at('/contact') },
  { name: 'support', route: 'guide.support', who: 'visitor', path: at('/support') },
  { name: 'about', route: 'program.about', who: 'visitor', path: at('/about') },
  { name: 'settings', route: 'program.settings', who: 'visitor', path: at('/settings') },
  { name: 'terms', route: 'account.register.terms', who: 'visitor', path: at('/register') },
  { name: 'register-email', route: 'account.register.email', who: 'visitor', path: at('/register/email') },
  {
    name: 'register-email-errors',
    route: 'account.register.email',
    who: 'visitor',
    path: at('/register/email'),
    act: sendEmpty,
  },
  {
    name: 'register-email-offline',
    route: 'account.register.email',
    who: 'visitor',
    path: at('/register/email'),
    act: async (page) => {
      await page.route('**/api/**', (route) => route.abort())
      await fillEmails(page, 'tran.thi.cuc@example.jp')
      await page.locator('.bar[role=status]').waitFor()
    },
  },
  {
    name: 'register-sent',
    route: 'account.register.sent',
    who: 'visitor',
    path: at('/register/email'),
    act: async (page) => {
      await fillEmails(page, 'tran.thi.cuc@example.jp')
      await arrive(page, '/register/sent')
    },
  },
  {
    name: 'register',
    route: 'account.register.form',
    who: 'visitor',
    path: ({ register }) => `/register/${register}`,
  },
  {
    name: 'register-errors',
    route: 'account.register.form',
    who: 'visitor',
    path: ({ register }) => `/register/${register}`,
    act: async (page) => {
      await page.locator('main input[type=radio]').nth(2).check()
      await sendEmpty(page)
    },
  },
  {
    name: 'register-name',
    route: 'account.register.form',
    who: 'visitor',
    path: ({ register }) => `/register/${register}`,
    act: async (page) => {
      await page.locator('main input[type=radio]').nth(2).check()
      await field(page, 'nameEn').fill('José Núñez-O’Brien')
      await field(page, 'phone').fill('+84 90 123 4567')
      await submit(page)
      await page.locator('.entry-suggestion button').first().waitFor()
    },
  },
  {
    name: 'register-confirm',
    route: 'account.register.confirm',
    who: 'visitor',
    path: ({ register }) => `/register/${register}`,
    act: fillRegistration,
  },
  {
    name: 'register-complete',
    route: 'account.register.complete',
    who: 'visitor',
    path: async ({ newRegisterLink }) => `/register/${await newRegisterLink()}`,
    act: async (page) => {
      await fillRegistration(page)
      await submit(page)
      await arrive(page, '/register/complete')
    },
  },
  { name: 'register-nothing', route: 'account.register.complete', who: 'visitor', path: at('/register/complete') },
  {
    name: 'register-used',
    route: 'account.register.form',
    who: 'visitor',
    path: ({ usedLink }) => `/register/${usedLink}`,
  },
  { name: 'code', route: 'account.code', who: 'visitor', path: at('/code') },
  { name: 'code-errors', route: 'account.code', who: 'visitor', path: at('/code'), act: sendEmpty },
  { name: 'forgot-id', route: 'account.forgot-id', who: 'visitor', path: at('/forgot-id') },
  {
    name: 'forgot-id-sent',
    route: 'account.forgot-id.sent',
    who: 'visitor',
    path: at('/forgot-id'),
    act: async (page) => {
      await field(page, 'email').fill('nguyen.van.an@example.jp')
      await field(page, 'nameEn').fill('NGUYEN VAN AN')
      await submit(page)
      await arrive(page, '/forgot-id/sent')
    },
  },
  { name: 'forgot-password', route: 'account.forgot-password', who: 'visitor', path: at('/forgot-password') },
  {
    name: 'forgot-password-sent',
    route: 'account.forgot-password.sent',
    who: 'visitor',
    path: at('/forgot-password'),
    act: async (page, look) => {
      await field(page, 'userId').fill(unknownId(look))
      await field(page, 'email').fill('nguyen.van.an@example.jp')
      await submit(page)
      await arrive(page, '/forgot-password/sent')
    },
  },
  {
    name: 'password-reset',
    route: 'account.password-reset',
    who: 'visitor',
    path: ({ reset }) => `/password-reset/${reset}`,
  },
  {
    name: 'password-reset-complete',
    route: 'account.password-reset.complete',
    who: 'visitor',
    path: async ({ newResetLink }) => `/password-reset/${await newResetLink()}`,
    act: async (page) => {
      await field(page, 'password').fill('Momiji-2026y')
      await field(page, 'passwordConfirmation').fill('Momiji-2026y')
      await submit(page)
      await arrive(page, '/password-reset/complete')
    },
  },
  {
    name: 'email-change-link',
    route: 'account.email-change',
    who: 'visitor',
    path: ({ emailChange }) => `/email-change/${emailChange}`,
  },
  {
    name: 'email-undo-link',
    route: 'account.email-undo',
    who: 'visitor',
    path: ({ emailUndo }) => `/email-undo/${emailUndo}`,
  },
  { name: 'not-me-nothing', route: 'account.not-me', who: 'visitor', path: at('/not-me') },
  { name: 'login', route: 'session.login', who: 'visitor', path: at('/login') },
  {
    name: 'login-wrong',
    route: 'session.login',
    who: 'visitor',
    path: at('/login'),
    act: async (page, look) => {
      await logInWith(page, 'Falsch-2026x', unknownId(look))
      await page.locator('[aria-invalid=true]').first().waitFor()
    },
  },
  {
    name: 'login-locked',
    route: 'session.login',
    who: 'visitor',
    path: at('/login'),
    act: async (page) => {
      // Five in a row lock it; it stays locked for whoever looks next.
      for (let time = 0; time < 5 && !(await page.locator('.plate').isVisible()); time += 1) {
        await logInWith(page, 'Falsch-2026x', LOCKED_ID)
        await page.locator('[aria-invalid=true], .plate').first().waitFor()
        await page.locator('main form [type=submit][aria-busy=true]').waitFor({ state: 'detached' })
      }
      await page.locator('.plate').waitFor()
    },
    named: null,
  },
  { name: 'verify', route: 'verification.check', who: 'visitor', path: at('/verify') },
  { name: 'verify-errors', route: 'verification.check', who: 'visitor', path: at('/verify'), act: sendEmpty },
  { name: 'nowhere', route: 'guide.not-found', who: 'visitor', path: at('/no/such/screen') },
  {
    name: 'failure',
    route: 'guide.contact',
    who: 'visitor',
    path: at('/procedures'),
    act: async (page) => {
      // What tells of failures has come by itself.
      await hasBrought(page, 'FailureScreen')
      await page.route('**/assets/*.js', (route) => route.abort())
      await page.getByRole('contentinfo').getByRole('link').first().click()
      await page.locator('.plate__value').waitFor()
    },
    named: null,
  },
  { name: 'receipts', route: 'certificate.receipts', who: 'applicant', path: at('/receipts') },
  {
    name: 'receipts-by-link',
    route: 'certificate.receipt-link',
    who: 'applicant',
    path: ({ receiptLink }) => `/receipts/${receiptLink}`,
    named: 'certificate.receipts',
  },
  { name: 'receipts-none', route: 'certificate.receipts', who: 'newcomer', path: at('/receipts') },
  {
    name: 'receipt-dialog',
    route: 'certificate.receipts',
    who: 'applicant',
    path: at('/receipts'),
    act: async (page) => {
      await page.locator('main td button').first().click()
      await dialog(page)
    },
  },
  {
    name: 'certificate',
    route: 'certificate.read',
    who: 'applicant',
    path: ({ number }) => `/receipts/${part(number)}/certificate`,
  },
  { name: 'applications', route: 'certificate.applications', who: 'applicant', path: at('/applications') },
  { name: 'applications-none', route: 'certificate.applications', who: 'newcomer', path: at('/applications') },
  { name: 'my-page', route: 'account.my-page', who: 'applicant', path: at('/my-page') },
  { name: 'my-page-none', route: 'account.my-page', who: 'newcomer', path: at('/my-page') },
  { name: 'details', route: 'account.details', who: 'applicant', path: at('/my-page/details') },
  { name: 'email-change', route: 'account.email', who: 'applicant', path: at('/my-page/email') },
  {
    name: 'email-change-sent',
    route: 'account.email.sent',
    who: 'newcomer',
    path: at('/my-page/email'),
    act: async (page) => {
      await fillEmails(page, 'duc.le@example.jp')
      await arrive(page, '/my-page/email/sent')
    },
  },
  { name: 'password-change', route: 'account.password', who: 'applicant', path: at('/my-page/password') },
  {
    name: 'password-change-errors',
    route: 'account.password',
    who: 'applicant',
    path: at('/my-page/password'),
    act: async (page) => {
      await field(page, 'password').fill('kurz')
      await sendEmpty(page)
    },
  },
  { name: 'details-change', route: 'account.change', who: 'applicant', path: at('/my-page/change') },
  {
    name: 'details-change-confirm',
    route: 'account.change.confirm',
    who: 'newcomer',
    path: at('/my-page/change'),
    act: changeThePhone,
  },
  {
    name: 'details-changed',
    route: 'account.changed',
    who: 'newcomer',
    path: at('/my-page/change'),
    act: async (page) => {
      await changeThePhone(page)
      await submit(page)
      await arrive(page, '/my-page/changed')
    },
  },
  { name: 'activity', route: 'account.activity', who: 'applicant', path: at('/my-page/activity') },
  {
    name: 'not-me-dialog',
    route: 'account.activity',
    who: 'applicant',
    path: at('/my-page/activity'),
    act: async (page) => {
      await page.locator('main .activity button').first().click()
      await dialog(page)
    },
  },
  { name: 'mail-check', route: 'account.mail-check', who: 'applicant', path: at('/my-page/mail-check') },
  { name: 'data', route: 'account.data', who: 'applicant', path: at('/my-page/data') },
  {
    name: 'deletion-dialog',
    route: 'account.data',
    who: 'newcomer',
    path: at('/my-page/data'),
    act: async (page) => {
      await page.locator('main .button--danger').first().click()
      await dialog(page)
    },
  },
  { name: 'logout', route: 'session.logout', who: 'applicant', path: at('/logout') },
  { name: 'staff-login', route: 'staff.login', who: 'visitor', path: at('/staff/login') },
  {
    name: 'staff-login-errors',
    route: 'staff.login',
    who: 'visitor',
    path: at('/staff/login'),
    act: sendEmpty,
  },
  { name: 'work-list', route: 'application.list', who: 'clerk', path: at('/staff') },
  { name: 'work-list-none', route: 'application.list', who: 'clerk', path: at('/staff?q=nobody') },
  { name: 'intake', route: 'application.intake', who: 'clerk', path: at('/staff/applications/new') },
  {
    name: 'intake-errors',
    route: 'application.intake',
    who: 'clerk',
    path: at('/staff/applications/new'),
    act: sendEmpty,
  },
  {
    name: 'application',
    route: 'application.read',
    who: 'clerk',
    path: ({ issued }) => `/staff/applications/${issued}`,
    named: null,
  },
  {
    name: 'application-in-examination',
    route: 'application.read',
    who: 'clerk',
    path: ({ application }) => `/staff/applications/${application}`,
    named: null,
  },
  {
    name: 'application-unknown',
    route: 'application.read',
    who: 'clerk',
    path: at('/staff/applications/01939d3c-0000-7000-8000-000000000000'),
    named: null,
  },
  {
    name: 'issue',
    route: 'application.issue',
    who: 'clerk',
    path: ({ application }) => `/staff/applications/${application}/issue`,
  },
  {
    name: 'issue-errors',
    route: 'application.issue',
    who: 'clerk',
    path: ({ application }) => `/staff/applications/${application}/issue`,
    act: sendEmpty,
  },
  {
    name: 'reissue',
    route: 'application.reissue',
    who: 'clerk',
    path: ({ issued }) => `/staff/applications/${issued}/reissue`,
  },
  {
    name: 'slip',
    route: 'application.slip',
    who: 'clerk',
    path: ({ issued }) => `/staff/applications/${issued}/slip`,
  },
  {
    name: 'card',
    route: 'application.card',
    who: 'clerk',
    path: ({ issued }) => `/staff/applications/${issued}/card`,
  },
  { name: 'import', route: 'application.import', who: 'clerk', path: at('/staff/import') },
  {
    name: 'import-refused',
    route: 'application.import',
    who: 'clerk',
    path: at('/staff/import'),
    act: async (page) => {
      await field(page, 'lines').fill('{"certificateNumber":"在9番Y25071899","userId":"K7RM2XQ9PA","sex":"?"}')
      await submit(page)
      await page.locator('.import__news .notice').waitFor()
    },
  },
  {
    name: 'import-encoding',
    route: 'application.import',
    who: 'clerk',
    path: at('/staff/import'),
    act: async (page) => {
      const file = { name: 'certificates.jsonl', mimeType: 'application/jsonl', buffer: inputFile('cp932.jsonl') }
      await page.locator('input[type=file]').setInputFiles(file)
      await page.locator('.field[data-invalid]').waitFor()
    },
  },
  { name: 'numbers', route: 'admin.numbers', who: 'admin', path: at('/staff/admin') },
  { name: 'announcement-list', route: 'admin.announcements', who: 'admin', path: at('/staff/admin/announcements') },
  {
    name: 'announcement-new',
    route: 'admin.announcement.new',
    who: 'admin',
    path: at('/staff/admin/announcements/new'),
  },
  {
    name: 'announcement-errors',
    route: 'admin.announcement.new',
    who: 'admin',
    path: at('/staff/admin/announcements/new'),
    act: sendEmpty,
  },
  {
    name: 'announcement-edit',
    route: 'admin.announcement',
    who: 'admin',
    path: ({ announcement }) => `/staff/admin/announcements/${announcement}`,
  },
  { name: 'people', route: 'admin.people', who: 'admin', path: at('/staff/admin/people') },
  {
    name: 'person-form',
    route: 'admin.people',
    who: 'admin',
    path: at('/staff/admin/people'),
    act: async (page) => {
      await page.locator('main td button').first().click()
      await field(page, 'name').waitFor()
    },
  },
  {
    name: 'person-dialog',
    route: 'admin.people',
    who: 'admin',
    path: at('/staff/admin/people'),
    act: async (page) => {
      await page.locator('main td button').nth(1).click()
      await dialog(page)
    },
  },
  { name: 'mail-settings', route: 'admin.mail-settings', who: 'admin', path: at('/staff/admin/mail-settings') },
  { name: 'outbox', route: 'admin.mails', who: 'admin', path: at('/staff/admin/mails') },
  {
    name: 'outbox-mail',
    route: 'admin.mail',
    who: 'admin',
    path: ({ mail }) => `/staff/admin/mails/${mail}`,
    named: null,
  },
  { name: 'audit', route: 'admin.audit', who: 'admin', path: at('/staff/admin/audit') },
  { name: 'kiosk-start', route: 'kiosk.start', who: 'kiosk', path: at('/') },
  { name: 'kiosk-top', route: 'top', who: 'kiosk', path: at('/'), act: startKiosk },
  {
    name: 'kiosk-keys',
    route: 'session.login',
    who: 'kiosk',
    path: at('/'),
    act: async (page, look) => {
      await startKiosk(page, look)
      await page.locator('a[href="/login"]:visible').first().click()
      await field(page, 'userId').click()
      await page.locator('.keyboard').waitFor()
    },
  },
]
