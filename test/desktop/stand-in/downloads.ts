import { EventEmitter } from 'node:events'
import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { outside } from './carrier'
import type { Chromium } from './chromium'

/** A file that a page hands out: Chromium names it by number, and it is moved to where the program wants it. */
class DownloadItem extends EventEmitter {
  readonly arrived: string
  #url: string
  #name: string
  #path = ''
  #cancel: () => void
  #ended = false

  constructor(url: string, name: string, arrived: string, cancel: () => void) {
    super()
    this.#url = outside(url)
    this.#name = name
    this.arrived = arrived
    this.#cancel = cancel
  }

  getURL = () => this.#url
  getFilename = () => this.#name
  setSavePath(path: string): void {
    this.#path = path
  }
  cancel(): void {
    if (this.#ended) return
    this.#cancel()
    this.end('cancelled')
  }

  end(state: 'completed' | 'cancelled'): void {
    if (this.#ended) return
    this.#ended = true
    if (state === 'completed') renameSync(this.arrived, this.#path)
    this.emit('done', {}, state)
  }
}

/** Hands the downloads of Chromium to `session`'s `will-download`. Without a listener that takes them there is none. */
export async function carryDownloads(browser: Chromium, folder: string, session: EventEmitter): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const items = new Map<string, DownloadItem>()
  browser.on(
    'Browser.downloadWillBegin',
    ({ guid, url, suggestedFilename }: { guid: string; url: string; suggestedFilename: string }) => {
      const arrived = join(folder, guid)
      const cancel = () => {
        items.delete(guid)
        browser.ask('Browser.cancelDownload', { guid }).catch(() => undefined)
        rmSync(arrived, { force: true })
      }
      const item = new DownloadItem(url, suggestedFilename, arrived, cancel)
      items.set(guid, item)
      let prevented = false
      session.emit('will-download', { preventDefault: () => (prevented = true) }, item)
      if (prevented) cancel()
    },
  )
  browser.on('Browser.downloadProgress', ({ guid, state }: { guid: string; state: string }) => {
    if (state === 'completed') items.get(guid)?.end('completed')
  })
  await browser.ask('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  })
}
