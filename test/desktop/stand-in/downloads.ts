import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EventEmitter } from 'node:events'
import { outside } from './carrier'
import type { Chromium } from './chromium'

/** Tells `session`'s `will-download` of the downloads of Chromium. The program refuses them all; one that it does not is an error here. */
export async function carryDownloads(browser: Chromium, folder: string, session: EventEmitter): Promise<void> {
  mkdirSync(folder, { recursive: true })
  browser.on('Browser.downloadWillBegin', ({ guid, url }: { guid: string; url: string }) => {
    let prevented = false
    session.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => outside(url) })
    if (!prevented) throw new Error('The stand-in has no downloads')
    browser.ask('Browser.cancelDownload', { guid }).catch(() => undefined)
    rmSync(join(folder, guid), { force: true })
  })
  await browser.ask('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  })
}
