import * as z from 'zod/mini'

/** The number that a reader quotes and the log has: `7F3K-22QD`, without signs that are mistaken for each other. */
export const INCIDENT = /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/

/** Where an error came to light: in a screen, on the way to one, in the page beside them, in the main process. */
export const CRASH_PLACES = ['screen', 'way', 'page', 'main'] as const

const NAME = /^[A-Z]\w{0,50}(?:Error|Problem|Exception)$/
/** `ERR_INVALID_ARG`, `ECONNREFUSED`, `SQLITE_FULL`, or one of our own like `service.busy`. */
const CODE = /^(?:E[A-Z]{3,20}|[A-Z]{2,12}(?:_[A-Z0-9]{1,20}){1,6}|[a-z]{1,20}(?:[.-][a-z]{1,20}){1,4})$/
const FRAME = /^(?:(?:(?:async|new) )?[\w$.<>#]{1,80} )?[\w@$.-]{1,80}:\d{1,7}:\d{1,7}$/
const MOST_FRAMES = 30

/** What is known of an error without anything that a person typed: its class, its code, where it was thrown. */
export const errorTraits = z.strictObject({
  name: z.union([z.string().check(z.regex(NAME)), z.literal('Error')]),
  code: z.nullable(z.string().check(z.regex(CODE))),
  stack: z.array(z.string().check(z.regex(FRAME))).check(z.maxLength(MOST_FRAMES)),
})
export type ErrorTraits = z.infer<typeof errorTraits>

/** `POST /crash-reports`, or `crash:report` in the desktop shell. Whatever does not fit is refused, so that no value slips in. */
export const crashReport = z.extend(errorTraits, {
  incident: z.string().check(z.regex(INCIDENT)),
  place: z.enum(CRASH_PLACES),
  /** The name of the screen, never its address. */
  screen: z.nullable(z.string().check(z.regex(/^[a-z]{1,20}(?:[.-][a-z]{1,20}){0,4}$/))),
})
export type CrashReport = z.infer<typeof crashReport>

/** One line of a stack as V8 (`    at f (file:1:2)`) or the other engines (`f@file:1:2`) write it, without the folder. */
function frameOf(line: string): string | null {
  const [, name, file = '', at] =
    /^\s+at (?:(.+?)(?: \[as .+\])? \()?(.+?):(\d+:\d+)\)?$/.exec(line) ??
    /^([^@]*)@((?:https?|app|file):\/\/.+?):(\d+:\d+)$/.exec(line) ??
    []
  if (at === undefined) return null
  const base = /[^/\\]*$/.exec(file.replace(/[?#].*$/, ''))?.[0]
  const frame = `${base}:${at}`
  return [name ? `${name} ${frame}` : frame, frame].find((one) => FRAME.test(one)) ?? null
}

/**
 * The traits of whatever was thrown. A message may quote what was typed, so none of it is kept, not even where it looks like a
 * line of the stack; folders may name a person, so files are kept without them.
 */
export function traitsOf(thrown: unknown): ErrorTraits {
  const { name, code, message, stack } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Partial<
    Record<'name' | 'code' | 'message' | 'stack', unknown>
  >
  // zod/mini calls its error `$ZodError`.
  const named = typeof name === 'string' ? name.replace(/^\$/, '') : ''
  const lines = typeof stack === 'string' ? stack : ''
  const said = typeof message === 'string' ? message : ''
  const traced = lines.includes(said) ? lines.slice(lines.indexOf(said) + said.length) : lines
  return {
    name: NAME.test(named) ? named : 'Error',
    code: typeof code === 'string' && CODE.test(code) ? code : null,
    stack: traced
      .split('\n')
      .flatMap((line) => frameOf(line) ?? [])
      .slice(0, MOST_FRAMES),
  }
}
