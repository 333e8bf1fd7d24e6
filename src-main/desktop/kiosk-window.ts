import { BrowserWindow, type Session } from 'electron'
import { reachesKiosk } from './kiosk-keys.rules'
import { pagePreferences } from './windows'

/** The page of a kiosk begins in 標準, whatever the visitor before had chosen. */
const COLOUR = '#ffffff'

/** What is heard of the window of a kiosk. */
export interface KioskWindowEvents {
  /** Somebody has touched, clicked, scrolled or pressed a key; a mouse that only moves is nobody. */
  touched(): void
  /** The page has crashed, hangs, or the window was closed by something that may do so. */
  lost(why: 'crashed' | 'unresponsive' | 'closed'): void
  /** Whether the window may be closed. */
  mayClose(): boolean
}

const TOUCHES = new Set([
  'mouseDown',
  'mouseWheel',
  'rawKeyDown',
  'keyDown',
  'char',
  'touchStart',
  'gestureTap',
  'gestureScrollBegin',
])

/**
 * Opens the window of a kiosk: it fills the screen above everything else, without frame, menu or developer tools, on a session
 * that lies in memory alone. It cannot be closed, made smaller or left by a key. The page is loaded by the caller.
 */
export function openKioskWindow(session: Session, ears: KioskWindowEvents): BrowserWindow {
  const window = new BrowserWindow({
    title: '在留申請オンラインシステム',
    backgroundColor: COLOUR,
    kiosk: true,
    fullscreen: true,
    alwaysOnTop: true,
    frame: false,
    closable: false,
    minimizable: false,
    maximizable: false,
    resizable: false,
    movable: false,
    skipTaskbar: true,
    webPreferences: { ...pagePreferences(), session, devTools: false },
  })
  const page = window.webContents
  window.removeMenu()
  window.on('close', (event) => {
    if (!ears.mayClose()) event.preventDefault()
  })
  window.on('closed', () => {
    ears.lost('closed')
  })
  window.on('minimize', () => {
    window.restore()
  })
  window.on('leave-full-screen', () => {
    window.setKiosk(true)
  })
  window.on('unresponsive', () => {
    ears.lost('unresponsive')
  })
  page.on('render-process-gone', () => {
    ears.lost('crashed')
  })
  page.on('before-input-event', (event, input) => {
    if (!reachesKiosk(input)) event.preventDefault()
  })
  page.on('input-event', (_event, { type }) => {
    if (TOUCHES.has(type)) ears.touched()
  })
  page.on('did-finish-load', () => {
    // What the visitor before had enlarged, and what two fingers could.
    page.setZoomFactor(1)
    void page.setVisualZoomLevelLimits(1, 1)
  })
  return window
}
