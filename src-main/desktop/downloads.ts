import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import { app, dialog, session, type BrowserWindow, type DownloadItem } from 'electron'
import type { Language } from '#contract/language'
import { newId } from '../platform/ids'
import { desktopText } from './desktop-texts'
import { placeFile } from './placed-file'
import { isOurFile } from './sender.rules'

export interface DownloadParts {
  /** The shell's own folder: what arrives waits there until the reader has said where it goes. */
  folder: string
  window: () => BrowserWindow | null
  language: () => Language
}

/**
 * Files that our pages hand out (one's own data, the audit log) go where the reader says, in the system's dialog, as a whole or
 * not at all. Any other download is refused. After ready.
 */
export function saveDownloads({ folder, window, language }: DownloadParts): void {
  const arrivals = join(folder, 'arrivals')
  // A power failure may have left somebody's data.
  rmSync(arrivals, { recursive: true, force: true })
  session.defaultSession.on('will-download', (event, item) => {
    const over = window()
    if (!over || !isOurFile(item.getURL())) {
      event.preventDefault()
      return
    }
    mkdirSync(arrivals, { recursive: true, mode: 0o700 })
    const arrival = join(arrivals, newId())
    // Only now can Electron be told a path; the reader is asked meanwhile.
    item.setSavePath(arrival)
    void save(item, arrival, over, language()).finally(() => {
      rmSync(arrival, { force: true })
    })
  })
}

async function save(item: DownloadItem, arrival: string, over: BrowserWindow, language: Language): Promise<void> {
  const name = item.getFilename()
  const arrived = once(item, 'done')
  const { canceled, filePath } = await dialog.showSaveDialog(over, {
    defaultPath: join(app.getPath('downloads'), name),
    filters: filtersOf(name, language),
  })
  if (canceled || filePath === '') {
    item.cancel()
    return
  }
  try {
    const [, state] = (await arrived) as [unknown, string]
    if (state !== 'completed') throw new Error(state)
    await placeFile(arrival, filePath)
  } catch {
    const message = desktopText(language, 'desktop.save.failed', { file: name })
    const detail = desktopText(language, 'desktop.save.failed.advice')
    if (!over.isDestroyed()) await dialog.showMessageBox(over, { type: 'error', message, detail })
  }
}

function filtersOf(name: string, language: Language): { name: string; extensions: string[] }[] {
  const extension = extname(name).slice(1)
  if (extension !== 'csv' && extension !== 'json') return []
  return [{ name: desktopText(language, `desktop.save.type.${extension}`), extensions: [extension] }]
}
