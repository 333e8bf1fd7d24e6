import { fileURLToPath } from 'node:url'
import { BrowserWindow, nativeTheme, screen, type WebPreferences } from 'electron'
import { later } from './later'
import type { ShellMemory } from './shell-memory'
import { rememberColour, rememberedColour } from './window-colour'
import { followWindow } from './window-memory'
import { SMALLEST, windowPlace, type Area } from './window-place.rules'
import { fittingZoom } from './zoom.rules'

/** At the first start the page is black where the system prefers dark, else white. */
const FIRST_COLOUR = { dark: '#000000', light: '#ffffff' }

/** What every page of the program is opened with: sandboxed, isolated from the bridge, and without Node. */
export const pagePreferences = (): WebPreferences => ({
  preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
})

/**
 * Opens the window of the program, at once, where and as it was left, in the colour that its page will have; the page is loaded
 * by the caller. `folder` keeps the colour for the next start.
 */
export function openWindow(folder: string, memory: ShellMemory): BrowserWindow {
  const { maximized, ...bounds } = windowPlace(memory.kept.window, workAreas())
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: '在留申請オンラインシステム',
    backgroundColor: rememberedColour(folder) ?? FIRST_COLOUR[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    show: true,
    webPreferences: { ...pagePreferences(), zoomFactor: fittingZoom(memory.kept.zoom, bounds.width) / 100 },
  })
  if (maximized) window.maximize()
  const rememberPlace = (state: typeof memory.kept.window) => void memory.keep({ window: state })
  followWindow(window, rememberPlace, later)
  const zoom = () => {
    setZoom(window, memory.kept.zoom)
  }
  // Each document begins anew; a page that was reloaded, or came back after a crash, is as large as before.
  window.webContents.on('did-navigate', zoom)
  window.on('resize', zoom)
  window.webContents.on('did-change-theme-color', (_event, colour) => {
    if (colour !== null) window.setBackgroundColor(colour)
    rememberColour(folder, colour)
  })
  return window
}

/** The parts of the displays that programs may use, the main display first. */
function workAreas(): Area[] {
  const { id } = screen.getPrimaryDisplay()
  const mainFirst = screen.getAllDisplays().toSorted((one, other) => Number(other.id === id) - Number(one.id === id))
  return mainFirst.map(({ workArea }) => workArea)
}

/** Shows the page larger or smaller, as a browser would. By the menu and its keys alone: nobody listens to Ctrl and the wheel. */
export function setZoom(window: BrowserWindow, percent: number): void {
  window.webContents.setZoomFactor(fittingZoom(percent, widthOf(window)) / 100)
}

/** The room of the page at 100 %. */
export const widthOf = (window: BrowserWindow): number => window.getContentSize()[0] ?? 0

/** Brings the window before the reader's eyes, who has just opened a link or started the program again. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
