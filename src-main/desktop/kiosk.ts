import { fileURLToPath } from 'node:url'
import { app, ipcMain, Menu, powerMonitor, session, type BrowserWindow, type Session } from 'electron'
import { kioskTimer } from '#domain/kiosk-timer'
import type { Service } from '../app/compose'
import { runningTime, systemClock } from '../platform/clock'
import type { Config, KioskConfig } from '../platform/config/config'
import { openLog } from '../platform/log/log'
import { argonPasswords } from '../platform/crypto/passwords'
import { rendererFiles } from '../http/renderer-files'
import { appHandler } from './app-handler'
import { serveAppScheme } from './app-scheme'
import { keptReports } from './diagnosis'
import { revokeSessionWithRetry } from './end-visit'
import { takeUpdates } from './installed-updates'
import { answerCalls, tellPage } from './ipc'
import { forgetCopied } from './copied'
import { codeCheck } from './kiosk-code'
import { openKioskWindow } from './kiosk-window'
import { later } from './later'
import { forgetDumps } from './native-crashes'
import { checkNoSpelling, guardPages, LEAD_NOWHERE, refuseDownloads, refusePermissions } from './security'
import { APP_ORIGIN } from './sender.rules'
import { connectBackend } from './service-behind'
import { sessionTimer, type SessionTimer } from './session-timer'
import { shellFolder, stopBeforeQuit } from './shell'
import { shellAbout } from './shell-about'
import { showWindow } from './windows'

/** Without `persist:` a session lies in memory: what a visitor's page stores never reaches the disk. */
const PARTITION = 'kiosk'
/** Ours: a service that does not answer does not keep the next visitor waiting. */
const PATIENCE_MS = 3_000
/** Ours: what could not be erased is erased again after this. */
const AGAIN_MS = 2_000

/** Why everything was erased, as the log says it. */
type Wipe = 'finished' | 'idle' | 'woken' | 'ended' | 'crashed' | 'unresponsive' | 'closed'

/** One visitor: the way of his page to the service, with his session, and the time until that ends. */
interface Visit {
  handler: (request: Request) => Promise<Response>
  timer: SessionTimer
}

/** A kiosk that may start: its code is set. */
export type KioskRun = Config & { kiosk: KioskConfig & { code: string } }

/**
 * Runs the shell of a shared machine at the counter until the program ends: one window that cannot be left, and one visitor
 * after the other. Between two of them everything goes: the session at the service, the page with its process, all that it
 * stored, both clipboards, dumps of crashes and zoom. It has none of what the usual shell has beside the screens (menus, links of mails, downloads,
 * sessions that are kept). It ends by the admin code, by the system (SIGTERM, shutdown), and by nothing else.
 */
export async function runKiosk(config: KioskRun, compose: () => Promise<Service>): Promise<void> {
  const folder = shellFolder(config.dataDir)
  const log = openLog(config.dataDir, config.logLevel)
  const files = rendererFiles(fileURLToPath(new URL('../renderer', import.meta.url)), config)
  const behind = connectBackend(config, compose)
  const isCode = codeCheck({
    folder,
    hash: config.kiosk.code,
    clock: systemClock,
    passwords: argonPasswords(),
    log,
  })
  let window: BrowserWindow | null = null
  let visit = newVisit()
  /** The visit that is being erased. */
  let leaving: Visit | null = null
  let mayEnd = false
  let wiping: Promise<void> | null = null
  const idle = kioskTimer({
    now: runningTime,
    schedule: later,
    tell: (status) => {
      if (window) tellPage(window.webContents, 'kiosk:changed', status)
    },
    erase: () => void erase('idle'),
  })

  function newVisit(): Visit {
    const handler = appHandler({
      // What a visit still has to say when it is over goes a way that the next one does not share.
      api: (request) => (own === visit || own === leaving ? behind.api : behind.apart)(request),
      files,
      heard: async (request, answer) => {
        if (own === visit) await timer.heard(request, answer)
        // A login that was on its way when everything was erased.
        else if (request.method === 'POST') void end(own)
      },
    })
    const timer = sessionTimer({
      clock: systemClock,
      schedule: later,
      ask: (method, path) => handler(new Request(`${APP_ORIGIN}${path}`, { method })),
      tell: (status) => {
        if (window && own === visit) tellPage(window.webContents, 'session:changed', status)
      },
    })
    const own: Visit = { handler, timer }
    return own
  }

  const end = (over: Visit) =>
    revokeSessionWithRetry(() => over.handler(new Request(`${APP_ORIGIN}/api/v1/session`, { method: 'DELETE' })), later)

  function newWindow(): BrowserWindow {
    const opened = openKioskWindow(session.fromPartition(PARTITION), {
      touched: () => {
        if (opened === window && !wiping) idle.touched()
      },
      lost: (why) => {
        if (opened === window && !mayEnd) void erase(why)
      },
      mayClose: () => mayEnd,
    })
    window = opened
    return opened
  }

  async function load(into: BrowserWindow): Promise<void> {
    await into.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
      if (!into.isDestroyed()) throw error
    })
  }

  /** One wipe at a time; whoever comes while it runs gets what he wants by it. */
  function erase(why: Wipe): Promise<void> {
    wiping ??= eraseNow(why)
      .catch((error: unknown) => {
        log.error({ err: error, why }, 'kiosk not wiped')
        // Nobody may meet what is left: once more, until it succeeds.
        later(() => void erase(why), AGAIN_MS)
      })
      .finally(() => {
        wiping = null
      })
    return wiping
  }

  async function eraseNow(why: Wipe): Promise<void> {
    const old = window
    // The next window covers the screen before the old one goes: the desktop is never seen.
    const next = why === 'ended' ? null : newWindow()
    if (!next) window = null
    old?.destroy()
    idle.forget()
    forgetCopied()
    visit.timer.stop()
    leaving = visit
    visit = newVisit()
    await Promise.race([end(leaving), new Promise<void>((done) => void later(done, PATIENCE_MS))])
    await behind.forget()
    leaving = null
    await forgetPages(session.fromPartition(PARTITION))
    // What the old page's process still had on its way when it was ended.
    forgetCopied()
    forgetDumps()
    log.info({ why }, 'kiosk wiped')
    if (next) await load(next)
  }

  function quit(): void {
    mayEnd = true
    app.quit()
  }
  const wake = () => {
    visit.timer.lookAgain()
    if (idle.status().phase !== 'fresh') void erase('woken')
  }

  guardPages(LEAD_NOWHERE)
  app.on('second-instance', () => {
    if (window) showWindow(window)
  })
  // While it is there, nobody is asked whether to end: `before-quit` says no.
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    if (!mayEnd) event.preventDefault()
  })
  app.on('will-quit', () => {
    idle.stop()
    visit.timer.stop()
    forgetCopied()
  })
  // The operator's service manager, and the system that goes down.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      mayEnd = true
    })
  const stopService = stopBeforeQuit(behind.service)

  await app.whenReady()
  const pages = session.fromPartition(PARTITION, { cache: false })
  refusePermissions(LEAD_NOWHERE, pages)
  refuseDownloads(pages)
  checkNoSpelling(pages)
  Menu.setApplicationMenu(null)
  serveAppScheme((request) => visit.handler(request), pages.protocol)
  powerMonitor.on('shutdown', quit)
  powerMonitor.on('resume', wake)
  powerMonitor.on('unlock-screen', wake)
  answerCalls(ipcMain, () => window?.webContents ?? null, {
    'crash:report': keptReports(config, systemClock),
    'kiosk:continue': () => {
      idle.goOn()
    },
    'kiosk:finish': () => erase('finished'),
    'kiosk:leave': async (code) => {
      const answer = await isCode(code)
      if (answer.left) {
        mayEnd = true
        void erase('ended').then(quit)
      }
      return answer
    },
    'kiosk:status': () => idle.status(),
    // Visitors read their mail elsewhere; no link of this machine is theirs.
    'link:take': () => null,
    'session:extend': () => visit.timer.extend(),
    'session:status': () => visit.timer.status(),
    'shell:about': () => shellAbout(config),
    // Nothing is remembered of a visitor, and there is no menu that would follow him.
    'shell:change-settings': noSettings,
    'shell:language': () => undefined,
    'shell:settings': noSettings,
    // Visitors neither start programs nor save files.
    'shell:failure': () => null,
    'shell:restart': notForVisitors,
    'file:save': noFiles,
    'support:make': notForVisitors,
  })
  takeUpdates({
    config,
    page: () => window?.webContents ?? null,
    ask: (request) => visit.handler(request),
    stopService: async () => {
      await erase('ended')
      mayEnd = true
      await stopService()
    },
    schedule: later,
  })
  await Promise.all([config.open ? load(newWindow()) : undefined, behind.service])
}

function noSettings(): never {
  throw new Error('settings.none')
}

function noFiles(): never {
  throw new Error('file.none')
}

function notForVisitors(): never {
  throw new Error('support.none')
}

/** Takes everything out of a session that its pages, their caches and its connections hold. */
async function forgetPages(of: Session): Promise<void> {
  await of.closeAllConnections()
  await Promise.all([
    of.clearStorageData(),
    of.clearCache(),
    of.clearSharedDictionaryCache(),
    of.clearCodeCaches({}),
    of.clearAuthCache(),
    of.clearHostResolverCache(),
  ])
}
