import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'

const FILE = 'flags-after-update.json'
const keptFlags = z.object({ args: z.array(z.string()), cwd: z.string() })

/** How the program was started: its own flags (never the link of a mail: its token would lie in a file), and the folder from which relative paths are meant. */
export type Flags = z.infer<typeof keptFlags>

/** Keeps the flags over an update: the installer starts the program again without any, and a kiosk must come back as one. */
export function keepFlags(folder: string, flags: Flags): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, FILE), JSON.stringify(flags), { mode: 0o600 })
}

/** The flags to run with: those of this start, or where it has none, those that were kept. They are kept for one start only. */
export function flagsToRunWith(folder: string, own: Flags): Flags {
  const file = join(folder, FILE)
  try {
    const kept = keptFlags.parse(JSON.parse(readFileSync(file, 'utf8')))
    return own.args.length === 0 ? kept : own
  } catch {
    return own
  } finally {
    rmSync(file, { force: true })
  }
}
