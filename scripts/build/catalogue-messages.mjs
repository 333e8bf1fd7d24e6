/**
 * The texts of a catalogue as the message format wants them (`import texts from '….json?messages'`), compiled when the program is built: the
 * page need not bring the compiler. Readings are carried beside their kanji (`src-renderer/i18n/readings/readings.ts`); the page shows them or leaves them out.
 */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { baseCompile } from '@intlify/message-compiler'
import { encodeRuby } from '../../src-renderer/i18n/readings/readings.ts'

const WANTED = '.json?messages'
const PREFIX = '\0messages:'

/** One message, compiled: `{在留|ざいりゅう}` is a reading, `{name}` a placeholder, ` | ` parts plural forms, `@` is an ordinary character. */
export function compileMessage(message) {
  const { ast } = baseCompile(encodeRuby(message).replaceAll('@', "{'@'}"), {
    jit: true,
    minify: true,
    location: false,
    onError: (problem) => {
      throw problem
    },
  })
  // What has no placeholder is its text alone.
  if (ast.b.s !== undefined) ast.b.i = []
  return ast
}

/** @type {import('vite').Plugin} */
export const catalogueMessages = {
  name: 'catalogue-messages',
  enforce: 'pre',
  resolveId(source, importer) {
    if (!source.endsWith(WANTED) || !importer) return null
    return PREFIX + resolve(dirname(importer), source.slice(0, -WANTED.length))
  },
  load(id) {
    if (!id.startsWith(PREFIX)) return null
    const file = `${id.slice(PREFIX.length)}.json`
    this.addWatchFile(file)
    const messages = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
    const compiled = Object.fromEntries(messages.map(([key, message]) => [key, compileMessage(message)]))
    return { code: `export default ${JSON.stringify(compiled)}`, moduleType: 'js' }
  },
}
