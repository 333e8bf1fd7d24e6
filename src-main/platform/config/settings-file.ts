import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '#domain/text/text-file'
import { replaceFile } from '../files/replace-file'

/** The name of the settings file in the data directory (DESIGN §1). */
export const SETTINGS_FILE = 'settings.json'

/** What the settings file holds, whatever is in it; `{}` where there is none. Throws where it is no JSON in UTF-8. */
export function readSettings(dataDir: string): unknown {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(join(dataDir, SETTINGS_FILE))
  } catch {
    return {}
  }
  const read = readText(bytes)
  if (!read.ok) throw new SyntaxError('not UTF-8')
  return JSON.parse(read.text)
}

/**
 * Changes settings in the file and leaves the others as they are; null takes one out. The file can be read by its owner only,
 * since it may hold the password of the mail server, and is replaced as a whole: whoever reads it meanwhile sees old or new.
 */
export function changeSettings(dataDir: string, changes: Readonly<Record<string, string | null>>): void {
  const kept = readSettings(dataDir)
  const settings = { ...(typeof kept === 'object' && kept !== null ? kept : {}), ...changes }
  const text = JSON.stringify(
    Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null)),
    null,
    2,
  )
  replaceFile(join(dataDir, SETTINGS_FILE), `${text}\n`)
}
