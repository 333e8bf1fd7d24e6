import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '#domain/language'
import glossary from '../../../resources/locales/glossary.json'
import sameAsEnglish from '../../support/i18n/same-as-english.json'

const locales = join(import.meta.dirname, '../../../resources/locales')
type Texts = Record<string, string>
/** All texts of a folder, those of mails and of the main process too. */
const read = (folder: string): Texts =>
  Object.assign(
    {},
    ...globSync(`${folder}/*.json`, { cwd: locales }).map(
      (file) => JSON.parse(readFileSync(join(locales, file), 'utf8')) as Texts,
    ),
  ) as Texts

const withoutReadings = (text: string) => text.replace(/\{([^{}|]+)\|[^{}|]+\}/g, '$1')
const placeholders = (text: string) =>
  [...new Set([...withoutReadings(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort()
const japanese = read('ja')
const english = read('en')
const texts = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, Texts>
const translations = LANGUAGES.filter((language) => language !== 'ja' && language !== 'en')

/** 「入力例）012-…」 is how the manual writes it (M3-6). */
const AS_IN_THE_MANUAL = 'account.field.phone.hint'

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const entries = Object.entries(texts[language])

  it('are the same as in Japanese, with the same values', () => {
    expect(Object.keys(texts[language]).toSorted()).toEqual(Object.keys(japanese).toSorted())
    const otherwise = entries.filter(([key, text]) =>
      text.split(' | ').some((form) => `${placeholders(form)}` !== `${placeholders(japanese[key] ?? '')}`),
    )
    expect(otherwise).toEqual([])
  })

  it('have as many forms of the plural as the language has', () => {
    const hasTwo =
      new Intl.PluralRules(language === 'tl' ? 'es' : language).resolvedOptions().pluralCategories.length > 1
    const counted = Object.keys(english).filter((key) => english[key]?.includes(' | '))
    const otherwise = counted.filter((key) => texts[language][key]?.split(' | ').length !== (hasTwo ? 2 : 1))
    expect(otherwise).toEqual([])
  })

  it('close every bracket and every quotation mark', () => {
    const pairs = ['()', '（）', '「」', '『』', '“”', '〈〉', '【】', '《》', '[]', '［］', '{}', '〔〕']
    const open = entries
      .filter(([key]) => key !== AS_IN_THE_MANUAL)
      .filter(([, text]) =>
        pairs.some(([left = '', right = '']) => text.split(left).length !== text.split(right).length),
      )
    expect(open).toEqual([])
  })

  it('say in the name of a button what stands on it, for who speaks to the machine (WCAG 2.5.3)', () => {
    for (const [label, name] of [
      ['certificate.register.action', 'certificate.register.actionFor'],
      ['admin.people.change', 'admin.people.change-for'],
      ['admin.people.reset', 'admin.people.reset-for'],
      ['admin.people.leave', 'admin.people.leave-for'],
      ['account.activity.disown', 'account.activity.disown.about'],
    ] as const)
      expect(texts[language][name]?.toLowerCase()).toContain(texts[language][label]?.toLowerCase())
  })

  it('hold no markup, no line ends and no stray blanks', () => {
    expect(entries.filter(([, text]) => /[<>\n\t]|&\w+;|\S {2}\S/.test(text))).toEqual([])
  })
})

describe.each(translations)('the translation into %s', (language) => {
  it('leaves nothing in English but what is on the list, for the reason that stands there', () => {
    const allowed = { ...sameAsEnglish['*'], ...(sameAsEnglish as Record<string, Texts>)[language] }
    const same = Object.keys(english)
      .filter((key) => texts[language][key] === english[key] && /[A-Za-z]|\{/.test(english[key] ?? ''))
      .toSorted()
    expect(same).toEqual(Object.keys(allowed).toSorted())
    for (const reason of Object.values(allowed)) expect(reason.length).toBeGreaterThan(8)
  })

  it('leaves no Japanese outside of brackets, but for the signs of certificates', () => {
    const left = Object.entries(texts[language]).filter(
      ([key, text]) =>
        /[ぁ-ん]{2}/.test(text.replace(/[（(「“][^）)」”]*[）)」”]/g, '')) && !/[ぁ-ん]{2}/.test(english[key] ?? ''),
    )
    expect(left).toEqual([])
  })

  it('calls every thing by the word of the glossary', () => {
    const terms = glossary.toSorted((one, other) => other.ja.length - one.ja.length)
    const astray: string[] = []
    for (const [key, text] of Object.entries(japanese)) {
      let rest = withoutReadings(text)
      for (const term of terms) {
        if (!rest.includes(term.ja)) continue
        // 在留資格認定証明書 is not also 在留資格.
        rest = rest.replaceAll(term.ja, '')
        if (!term[language].some((form) => texts[language][key]?.includes(form))) astray.push(`${key}: ${term.ja}`)
      }
    }
    expect(astray).toEqual([])
  })
})

const KANJI = /[\p{Script=Han}々〆ヶ]/u
const withReading = /\{([^{}|]+)\|([^{}|]+)\}/g

describe.each([
  // Menus and boxes of the system show no readings.
  ['ja', Object.fromEntries(Object.entries(japanese).filter(([key]) => !key.startsWith('desktop.')))],
  ['ja-easy', read('ja-easy')],
  [
    'the reference data',
    (JSON.parse(readFileSync(join(locales, '../reference/readings.json'), 'utf8')) as { items: Texts }).items,
  ],
])('the readings of %s', (_, all) => {
  it('stand on every kanji, in kana, and on nothing else', () => {
    for (const [key, text] of Object.entries(all)) {
      expect(text.replace(withReading, ''), key).not.toMatch(KANJI)
      for (const [, base = '', reading = ''] of text.matchAll(withReading)) {
        expect(base, key).toMatch(KANJI)
        expect(base, `${key}: kana at the end of a word stands outside`).not.toMatch(/[ぁ-ゖァ-ヺ]$/)
        expect(reading, key).toMatch(/^[ぁ-ゖァ-ヺー]+$/)
      }
    }
  })
})

describe('やさしい日本語', () => {
  const easy = read('ja-easy')

  it('stands for texts that there are, with the same values and the names of the same buttons', () => {
    for (const [key, text] of Object.entries(easy)) {
      expect(japanese, key).toHaveProperty([key])
      expect(placeholders(text), key).toEqual(placeholders(japanese[key] ?? ''))
      expect(withoutReadings(text), `${key} is not easier`).not.toBe(withoutReadings(japanese[key] ?? ''))
    }
  })
})

describe('the reference data', () => {
  it('has readings for every Japanese name', () => {
    const read = (file: string) =>
      JSON.parse(readFileSync(join(locales, '../reference', file), 'utf8')) as {
        items: { ja: string; periods?: string[] }[]
      }
    const names = [...read('statuses-of-residence.json').items, ...read('offices.json').items].flatMap(
      ({ ja, periods = [] }) => [ja, ...periods],
    )
    const { items } = JSON.parse(readFileSync(join(locales, '../reference/readings.json'), 'utf8')) as { items: Texts }
    expect(names.filter((name) => KANJI.test(name) && !(name in items))).toEqual([])
    for (const [name, written] of Object.entries(items)) expect(withoutReadings(written)).toBe(name)
    const { items: regions } = JSON.parse(readFileSync(join(locales, '../reference/nationalities.json'), 'utf8')) as {
      items: Record<string, { alpha2?: string; names?: { ja?: string } }>
    }
    const inJapanese = new Intl.DisplayNames(['ja'], { type: 'region', fallback: 'none' })
    const shown = Object.values(regions).map(
      ({ alpha2, names }) => names?.ja ?? (alpha2 ? inJapanese.of(alpha2) : undefined) ?? '',
    )
    expect(shown.filter((name) => KANJI.test(name) && !(name in items))).toEqual([])
  })
})
