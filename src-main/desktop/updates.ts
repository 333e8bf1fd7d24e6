import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log/log'
import { isAtRest, isCheckDue, type LastCheck, type Situation } from './updates.rules'

/** The first look waits until the start of the program is over. */
const FIRST_LOOK_MS = 10_000

/** So often it is asked whether anything is due; the machine may have slept in between. */
const LOOK_EVERY_MS = 60_000

/** What is used of electron-updater. It keeps to staged rollouts by itself, by a number that it draws once for this installation. */
export interface Updater {
  autoDownload: boolean
  autoInstallOnAppQuit: boolean
  allowDowngrade: boolean
  disableWebInstaller: boolean
  logger: unknown
  setFeedURL(feed: { provider: 'generic'; url: string }): void
  /** Answers what was found and, where that is fetched, the end of the download. */
  checkForUpdates(): Promise<{ downloadPromise?: Promise<unknown> | null } | null>
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void
  on(event: 'update-downloaded', listener: (info: { version: string }) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface UpdateParts {
  feed: string
  /** Loads the real updater, or a double. */
  load: () => Promise<Updater>
  clock: Clock
  /** Calls `run` once after so many milliseconds; answers its undo. */
  schedule: (run: () => void, milliseconds: number) => () => void
  situation: () => Situation
  /** Asks the service whether anybody is signed in, applicant or staff; never prolongs. */
  someoneIsSignedIn: () => Promise<boolean>
  /** Lets the service finish and closes the database, so that the installer meets no program at work. */
  stopService: () => Promise<void>
  /** Starts this version again, when the new one could not be installed after all. */
  startAgain: () => void
  log: Pick<Log, 'info' | 'warn'>
}

/**
 * Keeps an installed program up to date: looks for a new version at the start and daily, fetches it in the background, and
 * installs it when the reader ends the program, or when nobody uses it. Answers its end. A failure is logged and tried again;
 * it never disturbs the reader.
 */
export function keepUpToDate(parts: UpdateParts): () => void {
  const { feed, load, clock, schedule, situation, someoneIsSignedIn, stopService, startAgain, log } = parts
  let updater: Updater | null = null
  let last: LastCheck | null = null
  let waiting = false
  let installing = false
  let ended = false
  let cancel: () => void = () => undefined

  function failed(error: unknown): void {
    log.warn({ err: error }, 'update failed')
    if (!installing) return
    log.info('starting again without the update')
    startAgain()
  }

  async function loaded(): Promise<Updater> {
    const made = await load()
    made.autoDownload = true
    made.autoInstallOnAppQuit = true
    made.allowDowngrade = false
    // The only installers whose signature would not be looked at.
    made.disableWebInstaller = true
    made.logger = null
    made.setFeedURL({ provider: 'generic', url: feed })
    made.on('update-downloaded', ({ version }) => {
      waiting = true
      log.info({ version }, 'update ready')
    })
    // Errors of checks and downloads come here and as rejections; those of the installing only here.
    made.on('error', (error) => {
      if (installing) failed(error)
    })
    return made
  }

  async function check(): Promise<void> {
    const at = clock.now()
    try {
      updater ??= await loaded()
      await (
        await updater.checkForUpdates()
      )?.downloadPromise
      last = { at, failed: false }
    } catch (error) {
      last = { at, failed: true }
      failed(error)
    }
  }

  async function install(ready: Updater): Promise<void> {
    if (!isAtRest(situation(), clock.now()) || (await someoneIsSignedIn())) return
    // Somebody may have come while the service was asked.
    if (!isAtRest(situation(), clock.now())) return
    installing = true
    log.info('installing the update')
    try {
      await stopService()
      ready.quitAndInstall(true, true)
    } catch (error) {
      failed(error)
    }
  }

  async function look(): Promise<void> {
    if (updater && waiting) await install(updater)
    else if (isCheckDue(last, clock.now())) await check()
    if (!ended && !installing) cancel = schedule(() => void look(), LOOK_EVERY_MS)
  }

  cancel = schedule(() => void look(), FIRST_LOOK_MS)
  return () => {
    ended = true
    cancel()
  }
}
