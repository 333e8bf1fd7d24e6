import { extname, join } from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { FileOutcome, HandedFile } from '#contract/ipc/handed-file'
import type { Language } from '#domain/language'
import { desktopText, type DesktopTextKey } from './desktop-texts'
import { placeFile } from './placed-file'

/**
 * Puts a file of our page (one's own data, the audit log) where the reader says in the system's dialog, as a whole or not at all,
 * and answers what became of it: only the page can say so where the reader is looking.
 */
export async function saveFile(
  over: BrowserWindow | null,
  language: Language,
  { name, text }: HandedFile,
): Promise<FileOutcome> {
  if (!over) return 'canceled'
  const { canceled, filePath } = await dialog.showSaveDialog(over, {
    defaultPath: join(app.getPath('downloads'), name),
    filters: [filterOf(name, language)],
  })
  if (canceled || filePath === '') return 'canceled'
  try {
    await placeFile(text, filePath)
    return 'saved'
  } catch {
    return 'failed'
  }
}

/** The schema of the call knows no other kinds of files than there are words for. */
function filterOf(name: string, language: Language): { name: string; extensions: string[] } {
  const kind = extname(name).slice(1)
  return { name: desktopText(language, `desktop.save.type.${kind}` as DesktopTextKey), extensions: [kind] }
}
