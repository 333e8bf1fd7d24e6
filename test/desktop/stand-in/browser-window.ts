import { EventEmitter, once } from 'node:events'
import type { BrowserWindowConstructorOptions } from 'electron'
import { app } from './app'
import { inside } from './carrier'
import type { Chromium } from './chromium'
import type { Partition } from './partition'
import { WebContents } from './web-contents'

/** Pages that are windows of the program. */
const taken = new Set<string>()
interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  /** Only for the stand-in: done when there is a page that can be asked. */
  readonly attached: Promise<void>
  #target = ''
  #destroyed = false
  #closing = false
  #bounds: Bounds
  #state: 'normal' | 'maximized' | 'minimized' = 'normal'

  static getFocusedWindow = () => [...app.windows][0] ?? null

  #kiosk: boolean

  static getAllWindows = () => [...app.windows]

  constructor({
    webPreferences = {},
    x = 10,
    y = 10,
    width = 800,
    height = 600,
    kiosk = false,
  }: BrowserWindowConstructorOptions) {
    super()
    const { preload, contextIsolation, sandbox, nodeIntegration, webviewTag } = webPreferences
    if (!preload || !contextIsolation || !sandbox || nodeIntegration || webviewTag)
      throw new Error(
        'The stand-in can only imitate a sandboxed, isolated page without Node and webviews, with a preload',
      )
    this.#kiosk = kiosk
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    const partition = webPreferences.session as unknown as Partition | undefined
    this.#bounds = { x, y, width, height }
    this.webContents.room = this.getContentSize
    this.webContents.setZoomFactor(webPreferences.zoomFactor ?? 1)
    partition?.windows.add(this)
    this.attached = this.#attach(app.chromium, preload, partition)
  }

  async #attach(browser: Chromium, preload: string, partition?: Partition): Promise<void> {
    browser.once('gone', () => {
      this.#gone()
    })
    browser.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.#target) this.#gone()
    })
    const browserContextId = await partition?.context()
    const blank = partition ? undefined : await blankPage(browser)
    const target =
      blank ??
      (await browser.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank', browserContextId }))
    this.#target = target.targetId
    taken.add(this.#target)
    await this.#resize()
    await this.webContents.attach(browser, this.#target, preload, browserContextId)
    // Chromium begins with a page of its own, which is no window of the program.
    const idle = partition ? await blankPage(browser) : undefined
    if (idle) await browser.ask('Target.closeTarget', { targetId: idle.targetId })
  }

  /** The position is the program's alone: a headless Chromium has no desk. */
  async #resize(): Promise<void> {
    const { windowId } = await app.chromium.ask<{ windowId: number }>('Browser.getWindowForTarget', {
      targetId: this.#target,
    })
    const { width, height } = this.#bounds
    await app.chromium.ask('Browser.setWindowBounds', { windowId, bounds: { width, height } })
  }

  #gone(): void {
    if (this.#destroyed) return
    // Chromium closed it, and cannot be told no.
    if (!this.#closing) this.emit('close', { preventDefault: () => undefined })
    this.#destroyed = true
    app.windows.delete(this)
    this.emit('closed')
    if (app.windows.size === 0) app.lastWindowIsGone()
  }

  /** Resolves when the page has been loaded, as Electron's does. */
  async loadURL(address: string): Promise<void> {
    await this.attached
    const loaded = once(this.webContents, 'did-finish-load')
    const { errorText } = await this.webContents.ask<{ errorText?: string }>('Page.navigate', { url: inside(address) })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await loaded
  }

  /** As its button or Alt+F4 does: the program may say no. */
  close(): void {
    if (this.#closing || this.#destroyed) return
    let prevented = false
    this.emit('close', { preventDefault: () => (prevented = true) })
    if (!prevented) this.destroy()
  }

  destroy(): void {
    this.#closing = true
    this.#gone()
    void this.attached.then(() => this.#closePage())
  }

  #closePage(): void {
    app.chromium.ask('Target.closeTarget', { targetId: this.#target }).catch(() => undefined)
  }

  removeMenu(): void {}
  setKiosk(kiosk: boolean): void {
    this.#kiosk = kiosk
  }
  isKiosk = () => this.#kiosk

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#state = 'normal'
    void this.#resize().then(() => {
      this.webContents.zoomAgain()
    })
    this.emit('move')
    this.emit('resize')
  }
  maximize(): void {
    this.#state = 'maximized'
    this.emit('maximize')
  }
  minimize(): void {
    this.#state = 'minimized'
    this.emit('minimize')
  }
  restore(): void {
    this.#state = 'normal'
  }

  /** Menu and frame take no room here. */
  getContentSize = () => [this.#bounds.width, this.#bounds.height]
  getNormalBounds = () => this.#bounds
  isDestroyed = () => this.#destroyed
  isMaximized = () => this.#state === 'maximized'
  isMinimized = () => this.#state === 'minimized'
  setBackgroundColor(): void {}
  focus(): void {}
  show(): void {
    app.chromium.ask('Target.activateTarget', { targetId: this.#target }).catch(() => undefined)
  }
}

/** The page that Chromium itself has opened, where it is still there. */
async function blankPage(browser: Chromium): Promise<{ targetId: string } | undefined> {
  const { targetInfos } = await browser.ask<{ targetInfos: { targetId: string; type: string; url: string }[] }>(
    'Target.getTargets',
  )
  return targetInfos.find(({ targetId, type, url }) => type === 'page' && url === 'about:blank' && !taken.has(targetId))
}
