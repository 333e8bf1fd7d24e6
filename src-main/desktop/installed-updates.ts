import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, type WebContents } from 'electron'
import { systemClock } from '../platform/clock'
import { ConfigError, FLAG_NAMES, type Config } from '../platform/config/config'
import { foreignSwitchOf } from '../platform/config/link-arguments.rules'
import { openLog } from '../platform/log/log'
import { ownArguments } from './arguments.rules'
import { flagsToRunWith, keepFlags, type Flags } from './kept-flags'
import { APP_ORIGIN } from './sender.rules'
import { keepUpToDate, type Updater } from './updates'
import { updateFeed } from './updates.rules'

/** Known before any flag is read: the data directory is one of them. */
const flagsFolder = () => join(app.getPath('appData'), 'zairyu-updates')
const ownFlags = (): Flags => ({ args: ownArguments(process.argv, app.isPackaged).flags, cwd: process.cwd() })

/**
 * Our own flags; after an update those of the start before it, in whose folder the program goes on.
 * @throws ConfigError where a link of a mail brings switches for Chromium, which has obeyed them before we could look
 */
export function argumentsOfThisStart(): string[] {
  const foreign = foreignSwitchOf(ownArguments(process.argv, app.isPackaged).behind, FLAG_NAMES, process.platform)
  if (foreign !== null) throw new ConfigError(`A link brought the switch "${foreign}"; a link may bring none`)
  if (!app.isPackaged) return ownFlags().args
  const { args, cwd } = flagsToRunWith(flagsFolder(), ownFlags())
  if (cwd !== process.cwd()) process.chdir(cwd)
  return args
}

const SESSIONS = ['/api/v1/session', '/api/v1/staff/session']

export interface UpdatedShell {
  config: Config
  /** The page of the window; null while there is none. */
  page: () => Pick<WebContents, 'getURL'> | null
  /** Asks the service, with the session attached. */
  ask: (request: Request) => Promise<Response>
  stopService: () => Promise<void>
  schedule: (run: () => void, milliseconds: number) => () => void
}

/** Keeps the installed program up to date from now on, where it takes updates at all; else the log says why not. Before the window is made. */
export function takeUpdates({ config, page, ask, stopService, schedule }: UpdatedShell): void {
  const { updateUrl: feed, dataDir, logLevel } = config
  if (feed === null) return
  const log = openLog(dataDir, logLevel)
  const { isPackaged: packaged } = app
  const found = updateFeed({ feed, packaged, platform: process.platform, packedWith: packedWith() })
  if (!found.ok) {
    log.info({ reason: found.problem }, 'no updates')
    return
  }
  let lastInput = systemClock.now()
  app.on('web-contents-created', (_event, created) => {
    created.on('input-event', () => {
      lastInput = systemClock.now()
    })
  })
  const stop = keepUpToDate({
    feed: found.value,
    load: realUpdater,
    clock: systemClock,
    schedule,
    situation: () => {
      const address = page()?.getURL()
      return { screen: address ? new URL(address).pathname : null, lastInput }
    },
    someoneIsSignedIn: async () => {
      const answers = await Promise.all(SESSIONS.map((path) => ask(new Request(APP_ORIGIN + path))))
      return answers.some(({ status }) => status !== 401)
    },
    stopService: async () => {
      await stopService()
      keepFlags(flagsFolder(), ownFlags())
    },
    startAgain: () => {
      app.relaunch()
      app.exit(0)
    },
    log,
  })
  app.on('will-quit', stop)
}

/** What packaging wrote beside a signed program about its updates; null where there is nothing. */
function packedWith(): string | null {
  try {
    return readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8')
  } catch {
    return null
  }
}

/** electron-updater itself; loaded only where updates are taken, because it asks Electron many things at once. */
async function realUpdater(): Promise<Updater> {
  const { default: module } = await import('electron-updater')
  return module.autoUpdater
}
