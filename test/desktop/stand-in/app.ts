import { EventEmitter } from 'node:events'
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow } from './browser-window'
import { openCarrier } from './carrier'
import { Chromium } from './chromium'
import { defaultSession } from './default-session'
import { carryDownloads } from './downloads'

const paths = new Map<string, string>()
const own = (name: string) => join(paths.get('userData') ?? '', name)

/** The module's `app`, with the Chromium that shows its windows. */
class App extends EventEmitter {
  readonly windows = new Set<BrowserWindow>()
  #chromium: Chromium | null = null
  readonly isPackaged = false
  #ready = Promise.withResolvers<void>()
  #isReady = false
  #quitting = false

  isReady = () => this.#isReady
  whenReady = () => this.#ready.promise
  /** The person's own folders (downloads …) are one, beside the profile. */
  getPath = (name: string) => paths.get(name) ?? own(name)
  setPath = (name: string, path: string) => void paths.set(name, path)
  setAsDefaultProtocolClient = () => true

  /** Only for the stand-in's windows. */
  get chromium(): Chromium {
    if (!this.#chromium) throw new Error('Cannot create BrowserWindow before app is ready')
    return this.#chromium
  }

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
    const port = await openCarrier()
    this.#chromium = new Chromium(own('stand-in-chromium'), port)
    process.stdout.write(`stand-in port ${port}\nstand-in devtools ${await this.#chromium.address}\n`)
    await this.#chromium.ask('Target.setDiscoverTargets', { discover: true })
    await carryDownloads(this.#chromium, own('stand-in-downloads'), defaultSession)
    this.#isReady = true
    this.#ready.resolve()
  }

  /** The test sees that it would start again; nothing does. */
  relaunch(): void {
    process.stdout.write('stand-in relaunch\n')
  }

  /** First the windows, then the program. */
  quit(): void {
    let stays = false
    this.emit('before-quit', { preventDefault: () => (stays = true) })
    if (stays) return
    this.#quitting = true
    if (this.windows.size === 0) this.#willQuit()
    else for (const window of this.windows) window.close()
    // One that refuses keeps the program.
    this.#quitting = false
  }

  /** Only for the stand-in's windows. */
  lastWindowIsGone(): void {
    if (this.#quitting) this.#willQuit()
    else this.emit('window-all-closed')
  }

  #willQuit(): void {
    let prevented = false
    this.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) this.exit(0)
  }

  exit(code = 0): void {
    if (!this.#chromium) process.exit(code)
    this.#chromium.once('gone', () => process.exit(code))
    this.#chromium.ask('Browser.close').catch(() => undefined)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export const app = new App()
