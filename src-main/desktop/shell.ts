import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, ipcMain, powerMonitor, type BrowserWindow } from 'electron'
import type { Service } from '../compose'
import { systemClock } from '../platform/clock'
import type { Config } from '../platform/config'
import { rendererFiles } from '../service/renderer-files'
import { appHandler } from './app-handler'
import { serveAppScheme } from './app-scheme'
import { becomeLinkHandler, hearLinks } from './deep-links'
import { screenOfArguments } from './deep-links.rules'
import { takeUpdates } from './installed-updates'
import { answerCalls, tellPage, type KioskHandlers } from './ipc'
import { later } from './later'
import { openedLinks } from './opened-links'
import { refuseOtherPages, refusePermissions } from './security'
import { APP_ORIGIN } from './sender.rules'
import { serviceBehind } from './service-behind'
import { sessionTimer, type SessionTimer } from './session-timer'
import { openWindow, showWindow } from './windows'

/** What Electron keeps for the window (storage of the page, cache) lies beside the data, so that two data directories are two programs. */
export const shellFolder = (dataDir: string): string => join(dataDir, 'desktop')

/**
 * Runs the desktop shell until the program ends: the window opens at once, `compose` gets the service ready meanwhile.
 * Resolves when the program can be used; rejects when the service cannot start. With `config.serviceUrl` the service is
 * another one, and nothing is composed. Called before ready, by the only instance.
 */
export async function runShell(config: Config, compose: () => Promise<Service>): Promise<void> {
  let window: BrowserWindow | null = null
  const links = openedLinks((screen) => {
    if (window) tellPage(window.webContents, 'link:opened', screen)
  })
  const opened = screenOfArguments(process.argv)
  if (opened !== null) links.open(opened)

  refuseOtherPages()
  hearLinks((screen) => {
    if (screen !== null) links.open(screen)
    if (window) showWindow(window)
    else if (app.isReady()) void open()
  })
  const { api, service } = serviceBehind(config, compose)
  app.on('window-all-closed', () => {
    app.quit()
  })
  const stopService = stopBeforeQuit(service)

  async function open(): Promise<void> {
    const opening = openWindow(shellFolder(config.dataDir))
    window = opening
    opening.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) links.forgetListener()
    })
    opening.on('closed', () => {
      window = null
    })
    await opening.loadURL(`${APP_ORIGIN}/`).catch((error: unknown) => {
      // Closed while it loads is the reader's will.
      if (!opening.isDestroyed()) throw error
    })
  }

  await app.whenReady()
  refusePermissions()
  const timer = sessionTimer({
    clock: systemClock,
    schedule: later,
    ask: (method, path) => handler(new Request(`${APP_ORIGIN}${path}`, { method })),
    tell: (status) => {
      if (window) tellPage(window.webContents, 'session:changed', status)
    },
  })
  const files = rendererFiles(fileURLToPath(new URL('../renderer', import.meta.url)))
  const handler = appHandler({ api, files, heard: (request, answer) => timer.heard(request, answer) })
  serveAppScheme(handler)
  followPower(timer)
  answerCalls(ipcMain, () => window?.webContents ?? null, {
    ...NO_KIOSK,
    'link:take': () => links.take(),
    'session:extend': () => timer.extend(),
    'session:status': () => timer.status(),
    'shell:about': () => ({ shell: 'desktop', version: config.version, training: config.training }),
  })
  // Mail of a lesson is read inside of the program: only the real one answers the links of real mails.
  if (!config.training) becomeLinkHandler(config.dataDir)
  takeUpdates({ config, page: () => window?.webContents ?? null, ask: handler, stopService, schedule: later })
  await Promise.all([config.open ? open() : undefined, service])
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
 * Lets the service finish what it is doing (mail on its way, the database) before the program ends, however it is ended.
 * Answers a function that stops it now, for who ends the program another way.
 */
export function stopBeforeQuit(service: Promise<Service> | null): () => Promise<void> {
  let stopping: Promise<void> | null = null
  let stopped = service === null
  const stop = () =>
    // A second Ctrl-C does not stop it a second time.
    (stopping ??= (async () => {
      try {
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
