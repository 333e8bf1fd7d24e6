import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { crashReport, type CrashReport, traitsOf } from '#contract/http/crash-report'
import { instantText, systemClock, type Clock } from '../clock'
import { newIncidentNumber } from '../ids'
import { logFile, openLog } from './log'

/** Ours: enough to see what returns. */
const KEPT = 10

const keptReport = z.extend(crashReport, { at: z.iso.datetime() })
/** A report with the instant at which it was written, by the machine's clock. */
export type KeptReport = z.infer<typeof keptReport>

/** Where the reports of a data directory lie; they never leave the machine by themselves. */
export const crashFolder = (dataDir: string): string => join(dataDir, 'crashes')

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
  } catch {
    return []
  }
}

/** Keeps a report; of more than ten the oldest go. Where nothing can be written, nothing is kept and nothing fails. */
export function storeCrashReport(dataDir: string, report: CrashReport, clock: Clock = systemClock): void {
  const folder = crashFolder(dataDir)
  const at = instantText(clock.now())
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Sorted by name they are sorted by time; no colon, since Windows allows none.
    const name = `${at.replaceAll(':', '')}-${report.incident}.json`
    writeFileSync(join(folder, name), `${JSON.stringify({ ...report, at }, null, 2)}\n`, { mode: 0o600 })
    for (const old of filesIn(folder).slice(0, -KEPT)) rmSync(join(folder, old), { force: true })
  } catch {
    // The log has it, too.
  }
}

/** The kept reports, the oldest first; files that are none are passed over. */
export function readReports(dataDir: string): KeptReport[] {
  const folder = crashFolder(dataDir)
  return filesIn(folder).flatMap((name) => {
    try {
      return keptReport.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    } catch {
      return []
    }
  })
}

/**
 * Writes down an error that nobody caught: a line in the log, a report beside it. It needs neither database nor service, since one
 * of these may be what failed.
 * @returns the number under which both are found, and a line that says so on a terminal; it quotes nothing that was typed either
 */
export function noteCrash(
  { dataDir, logLevel }: { dataDir: string; logLevel: string },
  thrown: unknown,
): { incident: string; line: string } {
  const incident = newIncidentNumber()
  openLog(dataDir, logLevel).fatal({ err: thrown, incident, place: 'main' }, 'nobody caught an error')
  storeCrashReport(dataDir, { ...traitsOf(thrown), incident, place: 'main', screen: null })
  return { incident, line: `Something unexpected happened (${incident}); see ${logFile(dataDir)}` }
}
