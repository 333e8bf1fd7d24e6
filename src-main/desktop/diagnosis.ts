import { Temporal } from 'temporal-polyfill'
import type { CrashReport } from '#contract/http/crash-report'
import type { ShellFailure } from '#contract/ipc/shell-failure'
import type { Service } from '../app/compose'
import { NewerDatabaseError } from '../database/migrate'
import { DataProblemError } from '../features/backup/data-problem.query'
import { supportFile, type SupportSources } from '../features/diagnostics/support-file.query'
import type { Clock } from '../platform/clock'
import type { Config } from '../platform/config/config'
import { storeCrashReport, noteCrash } from '../platform/log/crash-reports'
import { openLog } from '../platform/log/log'
import { countRequest, type LimitState } from '../database/rate-limit/rate-limit.rules'
import type { IpcHandlers } from './ipc'

/** Ours: a page that fails over and over must not push everything else out. */
const REPORTS = { count: 20, window: Temporal.Duration.from({ hours: 1 }) }
/** Ours: a page that ends again and again is not opened for ever. */
const REOPENINGS = { count: 3, window: Temporal.Duration.from({ hours: 1 }) }

/** Counts against a limit in the memory of this process. */
function counter(limit: typeof REPORTS, clock: Clock): () => boolean {
  let state: LimitState | null = null
  return () => {
    const counted = countRequest(state, limit, clock.now())
    if (counted.ok) state = counted.value
    return counted.ok
  }
}

/** Takes what the page tells of its errors, at most twenty an hour, and keeps it on this machine. */
export function keptReports(
  { dataDir, logLevel }: Pick<Config, 'dataDir' | 'logLevel'>,
  clock: Clock,
): (report: CrashReport) => void {
  const mayKeep = counter(REPORTS, clock)
  return (report) => {
    if (!mayKeep()) return
    const { name, code, stack, ...facts } = report
    openLog(dataDir, logLevel).error({ err: { name, code, stack }, ...facts }, 'a page failed')
    storeCrashReport(dataDir, report, clock)
  }
}

interface DiagnosisDeps {
  config: Config
  clock: Clock
  /** The service of this process; null where it is another one. */
  service: Promise<Service> | null
  /** Shows the page that something is wrong, if there is a page that listens. */
  tell(failure: ShellFailure): void
  restart(): void
  /** Codes and counts that only the shell knows. */
  facts(): NonNullable<SupportSources['more']>
}

/** What the shell does about errors of its own: each gets a number, and its page shows what can be done. */
export function diagnosis({ config, clock, service, tell, restart, facts }: DiagnosisDeps) {
  let failure: ShellFailure | null = null
  const mayReopen = counter(REOPENINGS, clock)
  const fail = (thrown: unknown, kind: ShellFailure['kind']) => {
    const { incident, line: crashLine } = noteCrash(config, thrown)
    const detail = thrown instanceof DataProblemError ? thrown.message : null
    const line = detail === null ? crashLine : `${detail}\n${crashLine}`
    // As long as the service cannot be used, nothing else matters.
    if (failure?.kind === 'start' || failure?.kind === 'newer-database') return line
    failure = { incident, kind, ...(detail !== null && { detail }) }
    tell(failure)
    return line
  }
  const handlers: Pick<IpcHandlers, 'crash:report' | 'shell:failure' | 'shell:restart' | 'support:make'> = {
    'crash:report': keptReports(config, clock),
    'shell:failure': () => {
      const told = failure
      // These are over when they have been read; what keeps the service from starting is not.
      if (told?.kind === 'main' || told?.kind === 'page') failure = null
      return told
    },
    'shell:restart': restart,
    'support:make': async () => {
      try {
        const running = await service
        if (running) return await running.support('desktop', facts())
        return await supportFile({ config, shell: 'desktop', dataDirectory: null, more: facts() })
      } catch (failed) {
        return supportFile({ config, shell: 'desktop', dataDirectory: null, failed, more: facts() })
      }
    },
  }
  return {
    handlers,
    /** An error that nobody caught; the program goes on, so that what is typed in its page is not lost. */
    uncaught: (thrown: unknown) => fail(thrown, 'main'),
    /** The service could not start: the page says so. Answers a line for the terminal. */
    cannotStart: (thrown: unknown) => fail(thrown, thrown instanceof NewerDatabaseError ? 'newer-database' : 'start'),
    /** The page's process has ended. Answers whether it may be opened again, which says why. */
    pageGone: (): boolean => {
      fail(Object.assign(new Error(), { name: 'PageGoneError', stack: '' }), 'page')
      return mayReopen()
    },
  }
}
