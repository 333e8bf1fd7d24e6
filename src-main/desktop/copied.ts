import { clipboard } from 'electron'

/**
 * Empties what a visitor has copied. Linux holds a second clipboard, of which people know nothing: whatever was marked lies in it,
 * and the middle button of a mouse pastes it.
 */
export function forgetCopied(): void {
  clipboard.clear()
  // There alone, whatever its type says.
  ;(clipboard as Partial<Pick<typeof clipboard, 'selection'>>).selection?.clear()
}
