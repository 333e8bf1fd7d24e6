import type { Language } from '#contract/language'
import type account from '../../resources/locales/ja/account.json'
import type admin from '../../resources/locales/ja/admin.json'
import type announcement from '../../resources/locales/ja/announcement.json'
import type application from '../../resources/locales/ja/application.json'
import type certificate from '../../resources/locales/ja/certificate.json'
import type form from '../../resources/locales/ja/form.json'
import type guide from '../../resources/locales/ja/guide.json'
import type kiosk from '../../resources/locales/ja/kiosk.json'
import type layout from '../../resources/locales/ja/layout.json'
import type problem from '../../resources/locales/ja/problem.json'
import type program from '../../resources/locales/ja/program.json'
import type session from '../../resources/locales/ja/session.json'
import type staff from '../../resources/locales/ja/staff.json'
import type top from '../../resources/locales/ja/top.json'
import type verification from '../../resources/locales/ja/verification.json'
import { prepareMessage } from './readings'

/** Japanese is the source: its keys are the keys that exist. */
export type MessageKey =
  | keyof typeof account
  | keyof typeof admin
  | keyof typeof announcement
  | keyof typeof application
  | keyof typeof certificate
  | keyof typeof form
  | keyof typeof guide
  | keyof typeof kiosk
  | keyof typeof layout
  | keyof typeof problem
  | keyof typeof program
  | keyof typeof session
  | keyof typeof staff
  | keyof typeof top
  | keyof typeof verification

export type Catalogue = Record<string, string>

/** Mails and the menus of the desktop shell are worded in the main process. */
const files = import.meta.glob<Catalogue>(
  ['../../resources/locales/*/*.json', '!../../resources/locales/*/{desktop,mail}.json'],
  { import: 'default' },
)

/** How Japanese is shown: with readings on all kanji, or as やさしい日本語, where a text has an easy form, with readings or without. */
export interface JapaneseForm {
  readings: boolean
  easy: boolean
}

function filesOf(language: string): string[] {
  return Object.keys(files).filter((path) => path.split('/').at(-2) === language)
}

async function readFiles(folder: string): Promise<[string, string][]> {
  const loaded = await Promise.all(filesOf(folder).map((path) => files[path]?.()))
  return loaded.flatMap((file) => Object.entries(file ?? {}))
}

/** Loads all texts of a language, ready for the message format; `form` matters for Japanese only. */
export async function loadCatalogue(
  language: Language,
  form: JapaneseForm = { readings: false, easy: false },
): Promise<Catalogue> {
  const easy = language === 'ja' && form.easy ? await readFiles('ja-easy') : []
  const messages = [...(await readFiles(language)), ...easy]
  return Object.fromEntries(messages.map(([key, message]) => [key, prepareMessage(message, form.readings)]))
}
