import { fileURLToPath } from 'node:url'
import { BrowserWindow, nativeTheme, type WebPreferences } from 'electron'
import { rememberColour, rememberedColour } from './window-colour'

/** 320 CSS pixels is the narrowest page that works (DESIGN §7). */
const SMALLEST = { minWidth: 340, minHeight: 480 }
const USUAL = { width: 1180, height: 860 }
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
 * Opens the window of the program, at once and in the colour that its page will have; the page is loaded by the caller.
 * `folder` keeps the colour for the next start.
 */
export function openWindow(folder: string): BrowserWindow {
  const window = new BrowserWindow({
    ...USUAL,
    ...SMALLEST,
    title: '在留申請オンラインシステム',
    backgroundColor: rememberedColour(folder) ?? FIRST_COLOUR[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    show: true,
    webPreferences: pagePreferences(),
  })
  window.webContents.on('did-change-theme-color', (_event, colour) => {
    if (colour !== null) window.setBackgroundColor(colour)
    rememberColour(folder, colour)
  })
  return window
}

/** Brings the window before the reader's eyes, who has just opened a link or started the program again. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
