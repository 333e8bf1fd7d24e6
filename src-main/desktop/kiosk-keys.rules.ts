/** A key as Electron tells it before the page gets it. */
export interface KeyPress {
  key: string
  control: boolean
  alt: boolean
  meta: boolean
}

/** What is typed and corrected with Ctrl or Cmd; every other combination belongs to a program or a system. */
const EDITING = new Set('a c v x y z arrowleft arrowright arrowup arrowdown backspace delete home end enter'.split(' '))
/** F1 to F24, menus, and keys of keyboards with keys for browsers, players and programs. */
const NEVER = /^(F\d+|ContextMenu|PrintScreen|Help|Find|Print|Meta|Super|(Browser|Launch|Media|Audio|Zoom|App)\w*)$/

/**
 * Whether a key of a kiosk reaches the page: everything that types, corrects, moves the focus or scrolls. Not what reloads,
 * zooms, prints, opens, closes, leads back or calls a menu. Ctrl+Alt and Alt with a letter type it on many keyboards (AltGr, Option).
 */
export function reachesKiosk({ key, control, alt, meta }: KeyPress): boolean {
  if (NEVER.test(key)) return false
  if (alt) return !meta && (key === 'Dead' || key === 'AltGraph' || ([...key].length === 1 && key !== ' '))
  if (control || meta) return key === 'Control' || EDITING.has(key.toLowerCase())
  return true
}
