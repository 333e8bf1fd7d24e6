import { EventEmitter } from 'node:events'
import { app } from './app'
import type { BrowserWindow } from './browser-window'
import { inside } from './carrier'
import { handlers } from './handlers'

/** A session in memory: what is called off the record in Chromium, whose pages write nothing to the disk. */
export class Partition extends EventEmitter {
  readonly windows = new Set<BrowserWindow>()
  readonly fetch = fetch
  readonly protocol = {
    handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
      handlers.schemes.set(scheme, handler)
    },
  }
  #context: Promise<{ browserContextId: string }> | null = null

  setPermissionRequestHandler(handler: typeof handlers.permission): void {
    handlers.permission = handler
  }
  setPermissionCheckHandler(): void {}
  setSpellCheckerEnabled(): void {}
  setDevicePermissionHandler(): void {}

  /** Chromium's own name for it. */
  async context(): Promise<string> {
    this.#context ??= app.chromium.ask('Target.createBrowserContext')
    return (await this.#context).browserContextId
  }

  closeAllConnections = () => Promise.resolve()
  clearAuthCache = () => Promise.resolve()
  clearHostResolverCache = () => Promise.resolve()
  clearCodeCaches = () => Promise.resolve()
  clearSharedDictionaryCache = () => Promise.resolve()
  clearStorageData = () =>
    this.#ask('Storage.clearDataForOrigin', { origin: inside('app://main'), storageTypes: 'all' })
  clearCache = () => this.#ask('Network.clearBrowserCache')

  /** By way of a window that is there: Chromium is not asked about a session alone. */
  async #ask(method: string, params?: object): Promise<void> {
    const window = [...this.windows].find((each) => !each.isDestroyed())
    await window?.attached
    await window?.webContents.ask(method, params)
  }
}
