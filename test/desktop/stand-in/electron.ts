/** The stand-in for the module `electron` in the main process; README.md says what it imitates and what not. */
import { createHash } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { BrowserWindowConstructorOptions, WebFrameMain } from 'electron'
import { Chromium } from './chromium'
import { pageWorld, preloadWorld } from './worlds'

type Handler = (request: Request) => Response | Promise<Response>
type IpcHandler = (event: object, ...args: unknown[]) => unknown

const handlers = new Map<string, Handler>()
const ipcHandlers = new Map<string, IpcHandler>()
const paths = new Map<string, string>()
const windows = new Set<BrowserWindow>()
let chromium: Chromium | null = null

/** `http://HOST.app.localhost/…` in Chromium is `app://HOST/…` for the program. */
const outside = (address: string) => address.replace(/^http:\/\/([^/]*)\.app\.localhost(?=\/|$)/, 'app://$1')
const inside = (address: string) => address.replace(/^app:\/\/([^/]*)/, 'http://$1.app.localhost')
const own = (name: string) => join(paths.get('userData') ?? '', name)

class App extends EventEmitter {
  readonly isPackaged = false
  #ready = Promise.withResolvers<void>()
  #isReady = false

  isReady = () => this.#isReady
  whenReady = () => this.#ready.promise
  getPath = (name: string) => paths.get(name)
  setPath = (name: string, path: string) => void paths.set(name, path)
  setAsDefaultProtocolClient = () => true

  /** The first process to write the file is the first instance; later ones leave their arguments in a folder that it watches. */
  requestSingleInstanceLock(): boolean {
    const [lock, letters] = [own('stand-in.lock'), own('stand-in-letters')]
    mkdirSync(letters, { recursive: true })
    for (;;)
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' })
        process.once('exit', () => {
          rmSync(lock)
        })
        watch(letters, () => {
          this.#readLetters(letters)
        })
        return true
      } catch {
        if (isAlive(Number(readFileSync(lock, 'utf8')))) break
        rmSync(lock)
      }
    writeFileSync(own(`${process.pid}.json`), JSON.stringify(process.argv))
    renameSync(own(`${process.pid}.json`), join(letters, `${process.pid}.json`))
    return false
  }

  #readLetters(folder: string): void {
    for (const name of readdirSync(folder)) {
      const argv = JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[]
      rmSync(join(folder, name))
      this.emit('second-instance', {}, argv, '', {})
    }
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
    const { port } = server.address() as AddressInfo
    chromium = new Chromium(own('stand-in-chromium'), port)
    process.stdout.write(`stand-in port ${port}\nstand-in devtools ${await chromium.address}\n`)
    await chromium.ask('Target.setDiscoverTargets', { discover: true })
    this.#isReady = true
    this.#ready.resolve()
  }

  quit(): void {
    for (const window of windows) window.close()
    let prevented = false
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.exit(0)
  }

  exit(code = 0): void {
    if (!chromium) process.exit(code)
    chromium.once('gone', () => process.exit(code))
    chromium.ask('Browser.close').catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Carries a request of Chromium to the handler of the scheme, as Electron would hand it over, and its answer back. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers(request.headers as Record<string, string>)
  for (const name of ['connection', 'cookie', 'host', 'transfer-encoding']) headers.delete(name)
  for (const name of ['origin', 'referer']) {
    const value = headers.get(name)
    if (value !== null) headers.set(name, outside(value))
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  const init = { method: request.method, headers, ...(hasBody && { body: Readable.toWeb(request), duplex: 'half' }) }
  const address = outside(`http://${request.headers.host}`) + request.url
  try {
    const answered = await handlers.get('app')?.(new Request(address, init as RequestInit))
    if (!answered) throw new Error(`no handler for ${address}`)
    response.writeHead(answered.status, [...answered.headers].flat())
    if (answered.body) await pipeline(Readable.fromWeb(answered.body as never), response)
    else response.end()
  } catch (error) {
    console.error(error)
    response.destroy()
  }
}

/** Which of Chromium's permissions stands for which of Electron's, for those that both know. */
const PERMISSIONS = {
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  geolocation: 'geolocation',
  notifications: 'notifications',
} as const
type PermissionHandler = (page: WebContents, permission: string, answer: (granted: boolean) => void) => void
let mayDo: PermissionHandler = (_page, _permission, granted) => {
  granted(true)
}

let lastId = 0

class WebContents extends EventEmitter {
  readonly id = ++lastId
  address = ''
  /** Asks Chromium about this page. */
  ask: (method: string, params?: object) => Promise<Record<string, never>> = () =>
    Promise.reject(new Error('not there'))
  opens: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  #preloadWorlds = new Map<number, string>()
  #frames = new Map<string, Pick<WebFrameMain, 'url'> & { parent: object | null }>()

  getURL = () => this.address
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
  async attach(targetId: string, preload: string): Promise<void> {
    const browser = chromium as Chromium
    const sessionId: string = (await browser.ask('Target.attachToTarget', { targetId, flatten: true }))[
      'sessionId'
    ] as never
    this.ask = (method, params) => browser.ask(method, params, sessionId)
    const hear = <P>(event: string, listener: (params: P) => void) => browser.on(`${sessionId} ${event}`, listener)
    hear('Page.frameNavigated', ({ frame }: { frame: { id: string; parentId?: string; url: string } }) => {
      const parent = frame.parentId === undefined ? null : (this.#frames.get(frame.parentId) ?? {})
      this.#frames.set(frame.id, { url: outside(frame.url), parent })
      if (parent === null) this.address = outside(frame.url)
      this.emit('did-start-navigation', { isMainFrame: parent === null, isSameDocument: false })
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
    hear('Fetch.requestPaused', ({ requestId, request }: { requestId: string; request: { url: string } }) => {
      let prevented = false
      this.emit('will-frame-navigate', { url: outside(request.url), preventDefault: () => (prevented = true) })
      const refusal = { requestId, errorReason: 'Aborted' }
      void (prevented ? this.ask('Fetch.failRequest', refusal) : this.ask('Fetch.continueRequest', { requestId }))
    })
    // Names that no page knows.
    const names = ['to-preload', 'to-page'].map((name) =>
      JSON.stringify(createHash('sha256').update(`${name}${Math.random()}`).digest('hex')),
    )
    const code = readFileSync(preload, 'utf8')
    const script = (source: string, worldName?: string) =>
      this.ask('Page.addScriptToEvaluateOnNewDocument', { source, ...(worldName && { worldName }) })
    await Promise.all([
      this.ask('Page.enable'),
      this.ask('Runtime.enable'),
      this.ask('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }),
      this.ask('Runtime.addBinding', { name: 'standInAsk', executionContextName: 'preload' }),
      script(`(${pageWorld.toString()})(${names.join()})`),
      script(
        `(${preloadWorld.toString()})(${names.join()}, (require, module) => { const { exports } = module; ${code}\n})`,
        'preload',
      ),
      ...Object.entries(PERMISSIONS).map(([electrons, name]) => {
        let granted = false
        this.address = 'app://main/'
        mayDo(this, electrons, (answer) => (granted = answer))
        const setting = granted ? 'granted' : 'denied'
        return browser.ask('Browser.setPermission', { permission: { name }, setting, origin: inside('app://main') })
      }),
    ])
  }

  async #hearPage(world: number, said: { colour: string | null } | { call: number; channel: string; args: unknown[] }) {
    if ('colour' in said) return void this.emit('did-change-theme-color', {}, hexColour(said.colour))
    const senderFrame = this.#frames.get(this.#preloadWorlds.get(world) ?? '') ?? null
    try {
      const handler = ipcHandlers.get(said.channel)
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

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  #attached: Promise<void>
  #target = ''
  #destroyed = false

  constructor({ webPreferences = {} }: BrowserWindowConstructorOptions) {
    super()
    const { preload, contextIsolation, sandbox, nodeIntegration, webviewTag } = webPreferences
    if (!preload || !contextIsolation || !sandbox || nodeIntegration || webviewTag)
      throw new Error(
        'The stand-in can only imitate a sandboxed, isolated page without Node and webviews, with a preload',
      )
    windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
    this.#attached = this.#attach(preload)
  }

  async #attach(preload: string): Promise<void> {
    const browser = chromium as Chromium
    browser.once('gone', () => {
      this.#gone()
    })
    browser.on('Target.targetDestroyed', ({ targetId }: { targetId: string }) => {
      if (targetId === this.#target) this.#gone()
    })
    browser.on(
      'Target.targetCreated',
      ({ targetInfo }: { targetInfo: { targetId: string; openerId?: string; url: string } }) => {
        if (targetInfo.openerId !== this.#target || this.webContents.opens(targetInfo).action !== 'deny') return
        browser.ask('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
      },
    )
    const { targetInfos } = (await browser.ask('Target.getTargets')) as never as {
      targetInfos: { targetId: string; type: string }[]
    }
    const blank = targetInfos.find(({ type }) => type === 'page')
    this.#target =
      blank?.targetId ?? ((await browser.ask('Target.createTarget', { url: 'about:blank' }))['targetId'] as never)
    await this.webContents.attach(this.#target, preload)
  }

  #gone(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    windows.delete(this)
    this.emit('closed')
    if (windows.size === 0) app.emit('window-all-closed')
  }

  /** Resolves when the page has been loaded, as Electron's does. */
  async loadURL(address: string): Promise<void> {
    await this.#attached
    const loaded = once(this.webContents, 'did-finish-load')
    const { errorText } = (await this.webContents.ask('Page.navigate', { url: inside(address) })) as {
      errorText?: string
    }
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await loaded
  }

  close(): void {
    chromium?.ask('Target.closeTarget', { targetId: this.#target }).catch(() => undefined)
  }

  isDestroyed = () => this.#destroyed
  isMinimized = () => false
  restore(): void {}
  setBackgroundColor(): void {}
  focus(): void {}
  show(): void {
    chromium?.ask('Target.activateTarget', { targetId: this.#target }).catch(() => undefined)
  }
}

export const app = new App()

export const ipcMain = {
  handle(channel: string, handler: IpcHandler): void {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    ipcHandlers.set(channel, handler)
  },
}

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  },
  handle(scheme: string, handler: Handler): void {
    handlers.set(scheme, handler)
  },
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: PermissionHandler): void {
      mayDo = handler
    },
    setPermissionCheckHandler(): void {},
    setDevicePermissionHandler(): void {},
  },
  fromPartition: () => ({ fetch }),
}

export const nativeTheme = { shouldUseDarkColors: false }

export const dialog = {
  showErrorBox(title: string, content: string): void {
    console.error(title, content)
  },
}

Object.defineProperty(process, 'defaultApp', { value: true })
setImmediate(() => void app.start())
