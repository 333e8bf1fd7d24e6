import { remembered } from './storage'

/** M1.5 配色変更: 標準, 青, 黄, 黒. */
export const SCHEMES = ['standard', 'blue', 'yellow', 'black'] as const
export type Scheme = (typeof SCHEMES)[number]

const isScheme = (name: string | null): name is Scheme => (SCHEMES as readonly (string | null)[]).includes(name)

/** The code under which a system's language tag is offered; Chinese is told apart by script or region. Null for what is no tag (`C`, `en-US@posix`). */
function codeOf(tag: unknown): string | null {
  try {
    const wanted = new Intl.Locale(tag as string).maximize()
    return wanted.language === 'zh' ? `zh-${wanted.script}` : wanted.language === 'fil' ? 'tl' : wanted.language
  } catch {
    // A browser takes over whatever its system calls a language, and a very old one cannot read tags at all.
    return typeof tag === 'string' ? (/^[a-z]{2,3}(?=[-_.@]|$)/i.exec(tag)?.[0].toLowerCase() ?? null) : null
  }
}

/** What the browser says of its languages, in whichever way it says it. */
function systemTags(): readonly unknown[] {
  const { languages, language } = navigator as { languages?: unknown; language?: unknown }
  return Array.isArray(languages) && languages.length > 0 ? (languages as unknown[]) : [language]
}

/**
 * DESIGN §10: what was chosen before; else the first language of the system that is offered; else Japanese. Runs before anything tells of failures,
 * therefore it never throws.
 */
export function firstLanguage<Offered extends string>(offered: readonly Offered[]): Offered | 'ja' {
  const find = (code: string | null) => offered.find((one) => one === code)
  const chosen = find(remembered('local', 'language'))
  if (chosen) return chosen
  for (const tag of systemTags()) {
    const found = find(codeOf(tag))
    if (found) return found
  }
  return 'ja'
}

/** Whether the system wishes something; not, where it cannot be asked. */
export function systemWishes(query: string): boolean {
  try {
    return matchMedia(query).matches
  } catch {
    return false
  }
}

/** What was chosen before; at the first start black when the system prefers dark. Never throws. */
export function firstScheme(): Scheme {
  const chosen = remembered('local', 'scheme')
  if (isScheme(chosen)) return chosen
  return systemWishes('(prefers-color-scheme: dark)') ? 'black' : 'standard'
}
