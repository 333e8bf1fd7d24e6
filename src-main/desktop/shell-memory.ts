import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { languageSchema } from '#domain/language'
import { replaceFile } from '../platform/files/replace-file'
import { windowState } from './window-place.rules'
import { LEAST_ZOOM, MOST_ZOOM, USUAL_ZOOM } from './zoom.rules'

const FILE = 'shell.json'

/** Each part is read by itself: what is damaged is as at the first start, the rest is kept. */
const remembered = z.object({
  /** What the page was last shown in; null before the first start. */
  language: z.catch(z.nullable(languageSchema), null),
  /** Ours: whoever closes the window is logged out, unless this reader wants it otherwise on this machine. */
  logoutOnClose: z.catch(z.boolean(), true),
  window: z.catch(z.nullable(windowState), null),
  zoom: z.catch(z.int().check(z.minimum(LEAST_ZOOM), z.maximum(MOST_ZOOM)), USUAL_ZOOM),
})
export type Remembered = z.infer<typeof remembered>

/** What the shell knows from one start to the next. Nothing of it is of a person. */
export interface ShellMemory {
  readonly kept: Readonly<Remembered>
  /** Holds from now on; answers whether the next start will know it, too (a disk may refuse). */
  keep(changes: Partial<Remembered>): boolean
}

/** Reads what was remembered in `folder`, whatever lies there. */
export function shellMemory(folder: string): ShellMemory {
  let kept = read(join(folder, FILE))
  return {
    get kept() {
      return kept
    },
    keep(changes) {
      kept = { ...kept, ...changes }
      try {
        mkdirSync(folder, { recursive: true })
        replaceFile(join(folder, FILE), `${JSON.stringify(kept, null, 2)}\n`)
        return true
      } catch {
        return false
      }
    },
  }
}

function read(file: string): Remembered {
  try {
    return remembered.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return remembered.parse({})
  }
}
