import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const COLOUR = /^#[0-9a-f]{6}$/i
const fileIn = (folder: string) => join(folder, 'window-colour.txt')

/**
 * The colour (`#rrggbb`) with which the window opens: that of the page when it was last seen, so that a reader of the
 * black scheme is not met by a white flash. Null before the first start, or when the file is damaged.
 */
export function rememberedColour(folder: string): string | null {
  try {
    const text = readFileSync(fileIn(folder), 'utf8').trim()
    return COLOUR.test(text) ? text : null
  } catch {
    return null
  }
}

/** Remembers the colour of the page for the next start. Anything but `#rrggbb` is ignored; a disk that refuses is no reason to stop. */
export function rememberColour(folder: string, colour: string | null): void {
  if (colour === null || !COLOUR.test(colour)) return
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(fileIn(folder), colour)
  } catch {
    // The next start shows the colour before this one.
  }
}
