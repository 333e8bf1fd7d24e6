import { withoutInvisible } from '#domain/text/typed-text'
import type { MessageKey } from '../../i18n/catalogues'

export interface Procedure {
  /** Name, note and search words stand under `guide.procedure.<id>` in guide.json. */
  title: MessageKey
  note: MessageKey
  words: MessageKey
  /** Name of the screen's route. */
  screen: string
}

const procedure = <Id extends string>(id: Id, screen: string) =>
  ({
    title: `guide.procedure.${id}`,
    note: `guide.procedure.${id}.note`,
    words: `guide.procedure.${id}.words`,
    screen,
  }) as const

/** What this program offers, in the order in which people need it. To add one: a line here, three texts in guide.json. */
export const PROCEDURES: readonly Procedure[] = [
  procedure('register', 'account.register.terms'),
  procedure('code', 'account.code'),
  procedure('login', 'session.login'),
  procedure('forgot-id', 'account.forgot-id'),
  procedure('forgot-password', 'account.forgot-password'),
  procedure('receipts', 'certificate.receipts'),
  procedure('certificate', 'certificate.applications'),
  procedure('applications', 'certificate.applications'),
  procedure('verification', 'verification.check'),
  procedure('details', 'account.details'),
  procedure('email', 'account.email'),
  procedure('password', 'account.password'),
  procedure('change', 'account.change'),
  procedure('contact', 'guide.contact'),
]

/** The same for full width and half width, capitals and small letters, hiragana and katakana, with accents or without. */
function plain(text: string): string {
  return withoutInvisible(text)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replaceAll('đ', 'd')
    .replace(/[\u30A1-\u30F6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
}

/** Whether every one of the reader's words occurs in the texts. No words: everything fits. */
export function fits(texts: string[], wanted: string): boolean {
  const all = plain(texts.join(' '))
  return plain(wanted)
    .split(/\s+/)
    .every((word) => all.includes(word))
}
