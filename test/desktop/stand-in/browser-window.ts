import { EventEmitter, once } from 'node:events'
import type { BrowserWindowConstructorOptions } from 'electron'
import { app } from './app'
import { inside } from './carrier'
import type { Chromium } from './chromium'
import { WebContents } from './web-contents'

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  #attached: Promise<void>
  #target = ''
  #destroyed = false

  constructor({ webPreferences = {}, width = 800, height = 600 }: BrowserWindowConstructorOptions) {
    super()
    const { preload, contextIsolation, sandbox, nodeIntegration, webviewTag } = webPreferences
    if (!preload || !contextIsolation || !sandbox || nodeIntegration || webviewTag)
      throw new Error(
        'The stand-in can only imitate a sandboxed, isolated page without Node and webviews, with a preload',
      )
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#attached = this.#attach(app.chromium, preload, { width, height })
  }

  async #attach(browser: Chromium, preload: string, bounds: { width: number; height: number }): Promise<void> {
    browser.once('gone', () => {
      this.#gone()
    })
    browser.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.#target) this.#gone()
    })
    const { targetInfos } = await browser.ask<{ targetInfos: { targetId: string; type: string }[] }>(
      'Target.getTargets',
    )
    const blank = targetInfos.find(({ type }) => type === 'page')
    const target = blank ?? (await browser.ask<{ targetId: string }>('Target.createTarget', { url: 'about:blank' }))
    this.#target = target.targetId
    const { windowId } = await browser.ask<{ windowId: number }>('Browser.getWindowForTarget', {
      targetId: this.#target,
    })
    await browser.ask('Browser.setWindowBounds', { windowId, bounds })
    await this.webContents.attach(browser, this.#target, preload)
  }

  #gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    app.windows.delete(this)
    this.emit('closed')
    if (app.windows.size === 0) app.emit('window-all-closed')
  }

  /** Resolves when the page has been loaded, as Electron's does. */
  async loadURL(address: string): Promise<void> {
    await this.#attached
    const loaded = once(this.webContents, 'did-finish-load')
    const { errorText } = await this.webContents.ask<{ errorText?: string }>('Page.navigate', { url: inside(address) })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await loaded
  }

  close(): void {
    app.chromium.ask('Target.closeTarget', { targetId: this.#target }).catch(() => undefined)
  }

  isDestroyed = () => this.#destroyed
  isMinimized = () => false
  restore(): void {}
  setBackgroundColor(): void {}
  focus(): void {}
  show(): void {
    app.chromium.ask('Target.activateTarget', { targetId: this.#target }).catch(() => undefined)
  }
}
