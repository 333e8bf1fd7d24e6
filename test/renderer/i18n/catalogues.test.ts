import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { LANGUAGES } from '#domain/language'
import { PROBLEM_STATUS } from '#contract/http/problem'
import { PASSWORD_SYMBOLS } from '#domain/password'
import { loadCatalogue, type MessageKey } from '../../../src-renderer/i18n/catalogues'
import { encodeRuby, withoutReadings } from '../../../src-renderer/i18n/readings/readings'
import { createTexts, showLanguage } from '../../../src-renderer/i18n/text'
import { compileMessage } from '../../../scripts/build/catalogue-messages.mjs'
import { routes } from '../../../src-renderer/router/routes'

const locales = join(import.meta.dirname, '../../../resources/locales')
const sources = join(import.meta.dirname, '../../..')
const features = readdirSync(join(locales, 'ja')).filter((file) => file.endsWith('.json'))
/** A file that is not there has no texts; which ones it lacks is told below. */
const read = (language: string, file: string) => {
  const path = join(locales, language, file)
  return JSON.parse(existsSync(path) ? readFileSync(path, 'utf8') : '{}') as Record<string, string>
}
const languages = LANGUAGES
/** Mail and the menus of the desktop shell have their own catalogues, and their own tests. */
const ofScreens = features.filter((file) => file !== 'mail.json' && file !== 'desktop.json')
const japanese = Object.assign({}, ...ofScreens.map((file) => read('ja', file))) as Record<string, string>

describe.each(languages.flatMap((language) => ofScreens.map((file) => ({ language, file }))))(
  '$language/$file',
  ({ language, file }) => {
    const texts = read(language, file)
    const source = read('ja', file)

    it('has the keys of the Japanese one, sorted, each beginning with the feature', () => {
      expect(Object.keys(texts)).toEqual(Object.keys(source).toSorted())
      for (const key of Object.keys(texts)) expect(key.startsWith(`${file.replace('.json', '')}.`), key).toBe(true)
    })

    it('leaves no text empty', () => {
      for (const [key, text] of Object.entries(texts)) expect(text.trim(), key).not.toBe('')
    })
  },
)

describe('texts of problems', () => {
  const codes = new Set<string>(Object.keys(PROBLEM_STATUS))
  for (const file of globSync('src-preload/{contract,domain}/**/*.ts', { cwd: sources })) {
    // What the command line imports is refused in its own words, not on a screen.
    if (file.includes('imported-')) continue
    const text = readFileSync(join(sources, file), 'utf8')
    const found = text.matchAll(
      /(?:error|message|code)\s*[:=][^\n]*?'([a-z-]+\.[a-z-]+)'|refuse\(ctx, '([a-z.-]+)'|'([a-z-]+\.[a-z-]+)' :|: '(password\.[a-z-]+)'/g,
    )
    for (const match of found) codes.add(match.slice(1).find(Boolean) as string)
  }
  for (const code of [
    'service.unreachable',
    'session.not-kept',
    'password.user-id',
    'password.common',
    'user-id.mistyped',
    'birth-date.future',
  ])
    codes.add(code)

  it('finds the codes of the contract', () => {
    expect(codes).toContain('email.mismatch')
    expect(codes).toContain('phone.digits')
    expect(codes).toContain('password.kinds')
  })

  it.each([...codes])('%s has one', (code) => {
    expect(japanese[`problem.${code}`]).toBeTypeOf('string')
  })

  it('names the symbols of a password as the contract has them', () => {
    for (const language of LANGUAGES)
      expect(read(language, 'problem.json')['problem.password.kinds'], language).toContain(PASSWORD_SYMBOLS)
  })
})

describe('names of screens', () => {
  it.each(routes.map(({ meta }) => meta?.title as string))('%s is written', (key) => {
    expect(japanese[key]).toBeTypeOf('string')
  })
})

describe('use of texts', () => {
  const code = globSync('src-renderer/**/*.{ts,vue}', { cwd: sources })
    .map((file) => readFileSync(join(sources, file), 'utf8'))
    .join('\n')
  /** `t(`layout.scheme.${name}`)`: everything that such a key can become counts as used. */
  const patterns = [...code.matchAll(/`([a-z][\w.-]*\$\{[^`]*)`/g)]
    .map(([, template]) => (template ?? '').split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.')))
    .map((parts) => new RegExp(`^${parts.join('[\\w.-]+')}$`))

  it('leaves no text unused', () => {
    const unused = Object.keys(japanese).filter(
      (key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`) && !patterns.some((used) => used.test(key)),
    )
    expect(unused).toEqual([])
  })
})

describe('languages', () => {
  it('loads every text of a language, those of the first screen before the others', async () => {
    expect(Object.keys(await loadCatalogue('en')).toSorted()).toEqual(Object.keys(japanese).toSorted())
    const first = Object.keys(await loadCatalogue('en', { first: true }))
    expect(first).toContain('top.title')
    expect(first.length).toBeLessThan(Object.keys(japanese).length / 4)
  })

  it('shows the language that was chosen last, whichever is loaded last', async () => {
    const texts = createTexts()
    await Promise.all([showLanguage(texts, 'vi'), showLanguage(texts, 'en')])
    expect(texts.global.t('layout.login')).toBe(read('en', 'layout.json')['layout.login'])
  })
})

describe('a message', () => {
  const shown = (message: string, params: Record<string, unknown> = {}, count?: number) => {
    const { global } = createI18n({
      legacy: false,
      locale: 'en',
      messages: { en: { message: compileMessage(message) } },
    })
    return count === undefined ? global.t('message', params) : global.t('message', params, count)
  }

  it('has placeholders and plural forms, and whatever else is written in it', () => {
    expect(shown('{n}: 1 of {all}', { n: 'A', all: 3 })).toBe('A: 1 of 3')
    expect(shown('one day | {count} days', {}, 1)).toBe('one day')
    expect(shown('one day | {count} days', { count: 2 }, 2)).toBe('2 days')
    expect(shown('name@example.com @:other')).toBe('name@example.com @:other')
  })

  it('is refused while the program is built where it makes no sense', () => {
    expect(() => compileMessage('{name')).toThrow()
  })
})

describe('readings', () => {
  const spoken = async (form: { readings: boolean; easy: boolean }, key: MessageKey) => {
    const texts = createTexts()
    await showLanguage(texts, 'ja', form)
    return texts.global.t(key)
  }
  const plain = { readings: false, easy: false }

  it('are left out where nobody wants to see them', async () => {
    expect(await spoken(plain, 'layout.contact')).not.toMatch(/[\uE000-\uE002]/)
    expect(await spoken({ ...plain, readings: true }, 'layout.contact')).toMatch(/[\uE000-\uE002]/)
  })

  it('come with やさしい日本語 where that is wanted, and the usual text where there is no easy one', async () => {
    const easy = { ...plain, easy: true }
    expect(await spoken(easy, 'top.no-id.note')).not.toBe(await spoken(plain, 'top.no-id.note'))
    expect(await spoken(easy, 'layout.login')).toBe(await spoken(plain, 'layout.login'))
  })

  it('are carried beside the text and taken out of names', () => {
    expect(withoutReadings(encodeRuby('{在留|ざいりゅう}{申請|しんせい}：{name}'))).toBe('在留申請：{name}')
  })
})
