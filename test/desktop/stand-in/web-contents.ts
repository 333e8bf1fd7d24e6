import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { inside, outside } from './carrier'
import type { Chromium } from './chromium'
import { handlers } from './handlers'
import { pageWorld, preloadWorld } from './worlds'

/** Which of Chromium's permissions stands for which of Electron's, for those that both know. */
const PERMISSIONS = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  notifications: 'notifications',
} as const

let lastId = 0

/** The page of a window: its frames, its preload and the way between both and the program. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId
  address = ''
  /** Asks Chromium about this page. */
  ask: <Result>(method: string, params?: object) => Promise<Result> = () => Promise.reject(new Error('not there'))
  opens: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  #preloadWorlds = new Map<number, string>()
  #frames = new Map<string, { url: string; parent: object | null }>()

  #zoom = 1
  #zooming: Promise<void> = Promise.resolve()
  /** The page at 100 %, in pixels; the window knows. */
  room: () => number[] = () => []

  readonly navigationHistory = {
    goBack: () => void this.#move(-1),
    goForward: () => void this.#move(1),
  }

  async #move(by: number): Promise<void> {
    const { currentIndex, entries } = await this.ask<{ currentIndex: number; entries: { id: number }[] }>(
      'Page.getNavigationHistory',
    )
    const entry = entries[currentIndex + by]
    if (entry) await this.ask('Page.navigateToHistoryEntry', { entryId: entry.id })
  }

  print(_options: object, answer?: (printed: boolean, reason: string) => void): void {
    answer?.(true, '')
  }

  getZoomFactor = () => this.#zoom
  /** As zooming does: the page has fewer pixels of its own, each larger. */
  setZoomFactor(factor: number): void {
    if (factor === this.#zoom) return
    this.#zoom = factor
    this.#zoomNow()
  }
  zoomAgain(): void {
    this.#zoomNow()
  }

  /** One after the other. */
  #zoomNow(): void {
    this.#zooming = this.#zooming.then(() => this.#applyZoom()).catch(() => undefined)
  }

  async #applyZoom(): Promise<void> {
    if (this.#zoom === 1) return void (await this.ask('Emulation.clearDeviceMetricsOverride'))
    const [width = 0, height = 0] = this.room()
    await this.ask('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / this.#zoom),
      height: Math.round(height / this.#zoom),
      deviceScaleFactor: this.#zoom,
      mobile: false,
    })
  }

  /** Also after a crash: Chromium then takes another process. */
  reload(): void {
    this.ask('Page.navigate', { url: inside(this.address) }).catch(() => undefined)
  }
  getURL = () => this.address
  setVisualZoomLevelLimits = () => Promise.resolve()
  setWindowOpenHandler(handler: typeof this.opens): void {
    this.opens = handler
  }

  send(channel: string, ...args: unknown[]): void {
    for (const world of this.#preloadWorlds.keys()) this.#run(world, 'standInPush', channel, args)
  }

  #run(contextId: number, name: string, ...args: unknown[]): void {
    const expression = `${name}(${args.map((arg) => JSON.stringify(arg)).join()})`
    this.ask('Runtime.evaluate', { expression, contextId }).catch(() => undefined)
  }

  /** Listens to the page, and puts the preload into every document that it will show. */
  async attach(browser: Chromium, targetId: string, preload: string, browserContextId?: string): Promise<void> {
    const { sessionId } = await browser.ask<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
    this.ask = (method, params) => browser.ask(method, params, sessionId)
    const hear = <P>(event: string, listener: (params: P) => void) => browser.on(`${sessionId} ${event}`, listener)
    hear('Page.frameNavigated', ({ frame }: { frame: { id: string; parentId?: string; url: string } }) => {
      const parent = frame.parentId === undefined ? null : (this.#frames.get(frame.parentId) ?? {})
      this.#frames.set(frame.id, { url: outside(frame.url), parent })
      if (parent === null) this.address = outside(frame.url)
      this.emit('did-start-navigation', { isMainFrame: parent === null, isSameDocument: false })
      if (parent === null) this.emit('did-navigate')
    })
    hear('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    })
    hear('Page.loadEventFired', () => this.emit('did-finish-load'))
    hear('Page.navigatedWithinDocument', ({ frameId, url }: { frameId: string; url: string }) => {
      const frame = this.#frames.get(frameId)
      if (frame) this.#frames.set(frameId, { ...frame, url: outside(url) })
      if (frame?.parent === null) this.address = outside(url)
    })
    hear(
      'Runtime.executionContextCreated',
      ({ context }: { context: { id: number; name: string; auxData: { frameId: string } } }) => {
        if (context.name === 'preload') this.#preloadWorlds.set(context.id, context.auxData.frameId)
      },
    )
    hear('Runtime.executionContextDestroyed', ({ executionContextId }: { executionContextId: number }) => {
      this.#preloadWorlds.delete(executionContextId)
    })
    hear(
      'Runtime.bindingCalled',
      ({ payload, executionContextId }: { payload: string; executionContextId: number }) => {
        void this.#hearPage(executionContextId, JSON.parse(payload) as never)
      },
    )
    hear(
      'Fetch.requestPaused',
      ({ requestId, request, frameId }: { requestId: string; request: { url: string }; frameId: string }) => {
        let prevented = false
        const isMainFrame = (this.#frames.get(frameId)?.parent ?? null) === null
        const preventDefault = () => (prevented = true)
        this.emit('will-frame-navigate', { url: outside(request.url), isMainFrame, preventDefault })
        const refusal = { requestId, errorReason: 'Aborted' }
        void (prevented ? this.ask('Fetch.failRequest', refusal) : this.ask('Fetch.continueRequest', { requestId }))
      },
    )
    // Names that no page knows.
    const names = [randomUUID(), randomUUID()].map((name) => JSON.stringify(name))
    const code = readFileSync(preload, 'utf8')
    const script = (source: string, worldName?: string) =>
      this.ask('Page.addScriptToEvaluateOnNewDocument', { source, ...(worldName && { worldName }) })
    await Promise.all([
      this.ask('Page.enable'),
      this.ask('Inspector.enable'),
      this.ask('Runtime.enable'),
      this.ask('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }),
      this.ask('Runtime.addBinding', { name: 'standInAsk', executionContextName: 'preload' }),
      script(
        `(${pageWorld.toString()})(${names.join()}, ${this.opens({ url: 'https://example.com/' }).action !== 'deny'})`,
      ),
      script(
        `(${preloadWorld.toString()})(${names.join()}, (require, module) => { const { exports } = module; ${code}\n})`,
        'preload',
      ),
      ...Object.entries(PERMISSIONS).map(([electrons, name]) => {
        let granted = false
        this.address = 'app://main/'
        handlers.permission(this, electrons, (answer) => (granted = answer), { isMainFrame: true })
        const setting = granted ? 'granted' : 'denied'
        const origin = inside('app://main')
        return browser.ask('Browser.setPermission', { permission: { name }, setting, origin, browserContextId })
      }),
    ])
    this.#zoomNow()
    await this.#zooming
  }

  async #hearPage(
    world: number,
    said: { colour: string | null } | { input: string } | { call: number; channel: string; args: unknown[] },
  ) {
    if ('input' in said) return void this.emit('input-event', {}, { type: said.input })
    if ('colour' in said) return void this.emit('did-change-theme-color', {}, hexColour(said.colour))
    const senderFrame = this.#frames.get(this.#preloadWorlds.get(world) ?? '') ?? null
    try {
      const handler = handlers.calls.get(said.channel)
      if (!handler) throw new Error(`No handler registered for '${said.channel}'`)
      this.#run(world, 'standInAnswer', said.call, (await handler({ sender: this, senderFrame }, ...said.args)) ?? null)
    } catch (error) {
      const threw = `Error invoking remote method '${said.channel}': ${String(error)}`
      this.#run(world, 'standInAnswer', said.call, null, threw)
    }
  }
}

/** Electron gives `#rrggbb`, whatever the page wrote; here `rgb(r, g, b)` is understood. */
function hexColour(colour: string | null): string | null {
  const parts = colour?.match(/\d+/g)?.slice(0, 3)
  return parts?.length === 3 ? `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}` : null
}
