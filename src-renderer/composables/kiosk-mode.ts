import type { KioskOptions } from '#domain/kiosk'

export interface KioskMode extends KioskOptions {
  /** In the desktop shell the window cannot be left; in the browser shell the operator locks the browser. */
  locked: boolean
}

/** How this page is a kiosk; null where it is none. The shell says so on the page itself, before anything is drawn. */
export function kioskMode(): KioskMode | null {
  const allowed = document.documentElement.dataset['kiosk']?.split(' ')
  if (!allowed) return null
  return { print: allowed.includes('print'), keyboard: allowed.includes('keyboard'), locked: Boolean(window.zairyu) }
}

/** Whether paper may be asked for: everywhere but at a kiosk without a printer. */
export const mayPrint = (): boolean => kioskMode()?.print ?? true

/** Whether a file may be saved: a kiosk has no place that is the visitor's own. */
export const maySave = (): boolean => kioskMode() === null

/** A kiosk remembers nothing of what is typed, nor does the browser around it. */
export const autocompleteFor = (wish: string | undefined): string | undefined => (kioskMode() ? 'off' : wish)
