import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, ipcMain, powerMonitor, type BrowserWindow } from 'electron'
import type { Service } from '../app/compose'
import { systemClock } from '../platform/clock'
import { ConfigError, type Config } from '../platform/config/config'
import { rendererFiles } from '../http/renderer-files'
import { SESSION_COOKIE } from '../features/session/signed-in.guard'
import { STAFF_COOKIE } from '../features/staff-session/staff-signed-in.guard'
import { appHandler } from './app-handler'
import { serveAppScheme } from './app-scheme'
import { becomeLinkHandler, onDeepLink } from './deep-links'
import { screenOfArguments } from './deep-links.rules'
import { diagnosis } from './diagnosis'
import { leadOutAfterQuestion } from './external-box'
import { takeUpdates } from './installed-updates'
import { answerCalls, tellPage, type KioskHandlers } from './ipc'
import { forgetKeptSession, keepSession, takeKeptSession } from './kept-session'
import { later } from './later'
import { languageOf, showMenu } from './menus'
import { countDumps } from './native-crashes'
import { openedLinks } from './opened-links'
import { SESSION_PATHS, sessionRevocations } from './revocations'
import { saveFile } from './save-file'
import { checkNoSpelling, guardPages, refuseDownloads, refusePermissions } from './security'
import { APP_ORIGIN } from './sender.rules'
import { connectBackend } from './service-behind'
import { sessionCookies } from './session-cookies'
import { sessionTimer, type SessionTimer } from './session-timer'
import { shellAbout } from './shell-about'
import { shellMemory } from './shell-memory'
import { systemVault } from './vault'
import { openWindow, showWindow } from './windows'

/** What Electron keeps for the window (storage of the page, cache) lies beside the data, so that two data directories are two programs. */
export const shellFolder = (dataDir: string): string => join(dataDir, 'desktop')

/** Ours: nobody waits longer for a far service that is told of a logout; it is told again later. */
const FAREWELL_MS = 3_000

/**
 * Runs the desktop shell until the program ends: the window opens at once, `compose` gets the service ready meanwhile.
 * Resolves when the program can be used, or when its window says why it cannot; without a window it rejects. With `config.serviceUrl` the service is
 * another one, and nothing is composed. Called before ready, by the only instance.
 */
export async function runShell(config: Config, compose: () => Promise<Service>): Promise<'ready' | 'failed'> {
  let window: BrowserWindow | null = null
  const folder = shellFolder(config.dataDir)
  const memory = shellMemory(folder)
  const cookies = sessionCookies()
  const persistedSession = { folder, session: cookies, findKeychain: systemVault }
  /** Ends the session of the window that was closed, where that is wanted. */
  let leaving = Promise.resolve()
  const links = openedLinks((screen) => {
    if (window) tellPage(window.webContents, 'link:opened', screen)
  })
  const opened = screenOfArguments(process.argv)
  if (opened !== null) links.open(opened)

  const leadOut = leadOutAfterQuestion(() => languageOf(memory))
  guardPages(leadOut)
  const lead = (screen: string | null) => {
    if (screen !== null) links.open(screen)
    if (window) showWindow(window)
    else if (app.isReady()) void open()
  }
  onDeepLink(lead)
  app.on('activate', () => {
    lead(null)
  })
  const { api, apart, forget, service } = connectBackend(config, compose)
  const revocations = sessionRevocations({
    folder,
    service: config.serviceUrl,
    findKeychain: systemVault,
    clock: systemClock,
    ask: (request) => apart(new Request(request, { signal: AbortSignal.timeout(FAREWELL_MS) })),
    schedule: later,
  })
  let cannotStart = false
  app.on('window-all-closed', () => {
    if (cannotStart) app.exit(1)
    // On macOS a program stays when its window is closed, and opens it again when its icon is clicked.
    else if (process.platform !== 'darwin') app.quit()
  })
  const wrong = diagnosis({
    config,
    clock: systemClock,
    service,
    tell: (failure) => {
      if (window) tellPage(window.webContents, 'shell:failed', failure)
    },
    restart: () => {
      app.relaunch()
      app.quit()
    },
    facts: () => ({ electron: process.versions['electron'] ?? '', nativeCrashes: countDumps() }),
  })
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (thrown: unknown) => {
      process.stderr.write(`${wrong.uncaught(thrown)}\n`)
    })
  const stopService = stopBeforeQuit(service, async () => {
    await leaving
    if (!memory.kept.logoutOnClose) await keepSession(persistedSession)
  })

  async function open(): Promise<void> {
    const opening = openWindow(folder, memory)
    window = opening
    opening.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) links.forgetListener()
    })
    opening.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && wrong.pageGone()) opening.webContents.reload()
    })
    opening.on('closed', () => {
      window = null
      links.forgetListener()
      if (memory.kept.logoutOnClose) logOut()
    })
    await opening.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
      // Closed while it loads is the reader's will.
      if (!opening.isDestroyed()) throw error
    })
  }

  /** Over here at once, since the next window may open before the service has answered; then at the service. */
  function logOut(): void {
    const held = cookies.forget()
    timer.forget()
    leaving = Promise.all([leaving, forget(), held === null ? undefined : revocations.revoke(held)]).then(
      () => undefined,
    )
  }

  /** A logout that the service cannot hear counts here all the same: whoever sits down next must not find the session. */
  async function apiWithLogout(request: Request): Promise<Response> {
    const answer = await api(request)
    const { pathname } = new URL(request.url)
    const held = request.headers.get('cookie')
    if (answer.status < 500 || request.method !== 'DELETE' || held === null || !SESSION_PATHS.includes(pathname))
      return answer
    await forget()
    void revocations.revoke(held, [pathname])
    const name = pathname === SESSION_PATHS[0] ? SESSION_COOKIE : STAFF_COOKIE
    return new Response(null, { status: 204, headers: { 'Set-Cookie': `${name}=; Max-Age=0; Path=/` } })
  }

  await app.whenReady()
  refusePermissions(leadOut)
  checkNoSpelling()
  const showMenuNow = () => {
    showMenu({ memory, window: () => window, show: lead })
  }
  showMenuNow()
  refuseDownloads()
  const timer = sessionTimer({
    clock: systemClock,
    schedule: later,
    ask: (method, path) => handler(new Request(`${APP_ORIGIN}${path}`, { method })),
    tell: (status) => {
      if (window) tellPage(window.webContents, 'session:changed', status)
    },
  })
  const files = rendererFiles(fileURLToPath(new URL('../renderer', import.meta.url)), {
    kiosk: null,
    training: config.training,
  })
  if (memory.kept.logoutOnClose) forgetKeptSession(folder)
  const restored = memory.kept.logoutOnClose ? Promise.resolve() : takeKeptSession(persistedSession)
  void revocations.resume()
  const handler = appHandler({
    api: apiWithLogout,
    files,
    heard: (request, answer) => timer.heard(request, answer),
    session: cookies,
    restored,
  })
  serveAppScheme(handler)
  followPower(timer)
  answerCalls(ipcMain, () => window?.webContents ?? null, {
    ...NO_KIOSK,
    ...wrong.handlers,
    'file:save': (file) => saveFile(window, languageOf(memory), file),
    'link:take': () => links.take(),
    'session:extend': () => timer.extend(),
    'session:status': () => timer.status(),
    'shell:about': () => shellAbout(config),
    'shell:change-settings': (changes) => {
      if (!memory.keep(changes)) throw new Error('settings.not-kept')
      if (changes.logoutOnClose) forgetKeptSession(folder)
    },
    'shell:language': (language) => {
      if (language === memory.kept.language) return
      memory.keep({ language })
      showMenuNow()
    },
    'shell:settings': async () => ({
      logoutOnClose: memory.kept.logoutOnClose,
      staysLoggedIn: (await systemVault()) !== null,
    }),
  })
  // Mail of a lesson is read inside of the program: only the real one answers the links of real mails.
  if (!config.training) becomeLinkHandler(config.dataDir)
  takeUpdates({ config, page: () => window?.webContents ?? null, ask: handler, stopService, schedule: later })
  const opening = config.open ? open() : undefined
  try {
    await service
  } catch (thrown) {
    // Without a window, or where the operator asked for something impossible, the terminal is where it is told.
    if (!opening || thrown instanceof ConfigError) throw thrown
    cannotStart = true
    process.stderr.write(`${wrong.cannotStart(thrown)}\n`)
    await opening
    return 'failed'
  }
  await opening
  return 'ready'
}

function noKiosk(): never {
  throw new Error('kiosk.none')
}
const NO_KIOSK: KioskHandlers = {
  'kiosk:continue': noKiosk,
  'kiosk:finish': noKiosk,
  'kiosk:leave': noKiosk,
  'kiosk:status': noKiosk,
}

/** After sleep or a locked screen the timer looks again at once (M2.6); when the program ends it asks no more. */
function followPower(timer: SessionTimer): void {
  powerMonitor.on('resume', () => {
    timer.lookAgain()
  })
  powerMonitor.on('unlock-screen', () => {
    timer.lookAgain()
  })
  app.on('will-quit', () => {
    timer.stop()
  })
}

/**
 * Lets the service finish what it is doing (mail on its way, the database) before the program ends, however it is ended; `first`
 * is what is still to be asked of it. Answers a function that stops it now, for who ends the program another way.
 */
export function stopBeforeQuit(service: Promise<Service> | null, first?: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | null = null
  let stopped = service === null && !first
  const stop = () =>
    // A second Ctrl-C does not stop it a second time.
    (stopping ??= (async () => {
      try {
        await first?.()
        await (await service)?.stop()
      } finally {
        stopped = true
      }
    })())
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    if (stopping) return
    void stop()
      .catch(() => undefined)
      .finally(() => {
        app.quit()
      })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      app.quit()
    })
  return stop
}
