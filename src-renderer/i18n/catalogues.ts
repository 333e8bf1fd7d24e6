import type { Language } from '#domain/language'
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
import { FIRST_TEXTS } from './first-texts'

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

/** A message as the message format wants it (`scripts/build/catalogue-messages.mjs`). */
interface Message {
  [part: string]: string | number | Message | Message[]
}

/** Messages by their keys. Frozen: a text is not state. */
export type Catalogue = Readonly<Record<string, Message>>

/** Mails and the menus of the desktop shell are worded in the main process. */
const files = import.meta.glob<Catalogue>(
  ['../../resources/locales/*/*.json', '!../../resources/locales/*/{desktop,mail}.json'],
  { query: '?messages', import: 'default' },
)

async function readFiles(folder: string, isWanted: (file: string) => boolean): Promise<Catalogue[]> {
  const wanted = Object.entries(files).filter(([path]) => {
    const [of, file = ''] = path.split('/').slice(-2)
    return of === folder && isWanted(file.replace('.json', ''))
  })
  return Promise.all(wanted.map(([, load]) => load()))
}

/**
 * Loads the texts of a language: all, or those of the first screen. `easy`: Japanese as やさしい日本語, where a text has an easy form.
 * Japanese carries its readings.
 */
export async function loadCatalogue(
  language: Language,
  { easy = false, first = false }: { easy?: boolean; first?: boolean } = {},
): Promise<Catalogue> {
  const isWanted = (file: string) => !first || FIRST_TEXTS.includes(file)
  const folders = language === 'ja' && easy ? ['ja', 'ja-easy'] : [language]
  const found = await Promise.all(folders.map((folder) => readFiles(folder, isWanted)))
  return Object.freeze(Object.assign({}, ...found.flat()) as Catalogue)
}
