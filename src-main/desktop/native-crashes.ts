import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter } from 'electron'

/** Ours: as many as there are reports of our own. */
const KEPT = 10

/** The dumps in the folder of the reporter, the oldest first. */
function dumpsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.dmp'))
      .map((name) => join(folder, name))
      .sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs)
  } catch {
    return []
  }
}

/**
 * From now on crashes of the processes themselves leave a dump in `folder`, ten at most. A dump is a piece of memory and may hold
 * what somebody typed: it is never sent, and of it the support file tells only that it is there. Before ready.
 */
export function keepDumps(folder: string): void {
  app.setPath('crashDumps', folder)
  for (const old of dumpsIn(folder).slice(0, -KEPT)) rmSync(old, { force: true })
  crashReporter.start({ uploadToServer: false })
}

/**
 * A shared machine leaves no dumps: they would hold what its visitors typed. The reporter is not started, and what lies in `folder`
 * from before goes. Before ready.
 */
export function keepNoDumps(folder: string): void {
  app.setPath('crashDumps', folder)
  forgetDumps()
}

/** Removes every dump. */
export function forgetDumps(): void {
  for (const dump of dumpsIn(app.getPath('crashDumps'))) rmSync(dump, { force: true })
}

/** How many dumps there are. */
export const countDumps = (): number => dumpsIn(app.getPath('crashDumps')).length
