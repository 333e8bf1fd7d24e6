import { app, dialog, Menu, type BrowserWindow } from 'electron'
import type { Language } from '#domain/language'
import { applicationMenu } from './application-menu'
import { desktopText } from './desktop-texts'
import type { ShellMemory } from './shell-memory'
import { setZoom, widthOf } from './windows'
import { fittingZoom, zoomAfter } from './zoom.rules'

export interface MenuTargets {
  memory: ShellMemory
  window: () => BrowserWindow | null
  /** Shows a screen by its path; opens the window where it is closed. */
  show: (path: string) => void
}

/** Before the page has ever said its language, the menu is in that of the office. */
export const languageOf = (memory: ShellMemory): Language => memory.kept.language ?? 'ja'

/** Puts the menu of the program in its place, in the language that is remembered; called again it follows a new one. After ready. */
export function showMenu({ memory, window, show }: MenuTargets): void {
  const language = languageOf(memory)
  const template = applicationMenu({
    platform: process.platform,
    packaged: app.isPackaged,
    language,
    actions: {
      show,
      print: () => {
        printPage(window(), language)
      },
      zoom: (wish) => {
        const zoomed = window()
        if (!zoomed) return
        memory.keep({ zoom: zoomAfter(fittingZoom(memory.kept.zoom, widthOf(zoomed)), wish) })
        setZoom(zoomed, memory.kept.zoom)
      },
      go: (where) => {
        const history = window()?.webContents.navigationHistory
        if (where === 'back') history?.goBack()
        else if (where === 'forward') history?.goForward()
        else show(homeOf(window()))
      },
    },
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** Behind the counter, home is the work list (DESIGN §9). */
function homeOf(window: BrowserWindow | null): string {
  const path = window ? new URL(window.webContents.getURL()).pathname : '/'
  return /^\/staff(\/|$)/.test(path) ? '/staff' : '/'
}

/** Prints what the page shows, by the system's own dialog. What goes wrong is said in a box; a reader who cancels knows it. */
function printPage(window: BrowserWindow | null, language: Language): void {
  window?.webContents.print({ printBackground: true }, (printed, reason) => {
    if (printed || /cancel/i.test(reason) || window.isDestroyed()) return
    const message = desktopText(language, 'desktop.print.failed')
    const detail = desktopText(language, 'desktop.print.failed.advice')
    void dialog.showMessageBox(window, { type: 'error', message, detail })
  })
}
