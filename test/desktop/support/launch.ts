import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli } from '../../support/cli'
import type { Fate } from '../stand-in/fate'
import { byHand, type Hand, type HandCall } from './hand'
import { _electron, chromium, expect, type ElectronApplication, type Page } from '@playwright/test'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const ENTRY = join(ROOT, 'out/main/index.js')
const REGISTER = new URL('../stand-in/register.mjs', import.meta.url).href
const START_LIMIT_MS = 30_000

export interface DesktopOptions {
  dataDir: string
  /** The main bundle; the built one when nothing is said. */
  entry?: string
  /** Further flags, and a link of a mail as the system would hand it over. */
  args?: string[]
  env?: Record<string, string>
  /** What it prints when there is something to see; that it is ready when nothing is said. */
  until?: RegExp
  /** The admin code of a kiosk, set by the operator before. */
  kioskCode?: string
}

type Remote<Verbs> = {
  [Verb in keyof Verbs]: Verbs[Verb] extends (...args: infer Args) => infer Result
    ? (...args: Args) => Promise<Result>
    : never
}

/** The hand of a person, with something that carries each of its moves to the program. */
function handOver(carry: (call: HandCall) => Promise<unknown>): Remote<Hand> {
  return new Proxy({} as Remote<Hand>, {
    get:
      (_hand, verb: keyof Hand) =>
      (...args: never[]) =>
        carry({ verb, args } as HandCall),
  })
}

/** The running desktop program, as a person has it before his eyes. */
export interface Desktop {
  /** Which of the two ran. The stand-in proves nothing about Electron itself; its README says what rests on documentation. */
  kind: 'electron' | 'stand-in'
  page: Page
  /** What the page's location begins with: `app://main`, or what the stand-in puts in its place. */
  origin: string
  /** The main process. */
  pid: number
  /** TCP ports that Playwright or the stand-in open in the main process for themselves; null where that is not known. */
  portsOfTheTest: number[] | null
  /** Everything the main process has printed so far. */
  output(): string
  /** Shows a screen by its path, as typed into an address bar would. */
  goTo(path: string): Promise<void>
  /** The program is started a second time, with a link of a mail as the system does it, or by its icon. Answers its exit code and what it printed. */
  open(link?: string): Promise<{ code: number | null; output: string }>
  /** The machine wakes up, or its screen is unlocked. */
  power(event: 'resume' | 'unlock-screen'): Promise<void>
  /** What befalls the program from outside of its page: Cmd+Q, Alt+F4, a crash or hang of the page, time that passes at once. */
  befall(fate: Fate): Promise<void>
  /** Menu, window and boxes of the system. */
  hand: Remote<Hand>
  /** Whether the program has ended. */
  hasEnded(): boolean
  /** The exit code, when the program has ended. */
  ended(): Promise<number | null>
  /** Closes the window and answers the exit code of the program. */
  close(): Promise<number | null>
  /** Ends the program as a power failure would, and waits until it is gone. */
  kill(): Promise<void>
}

/** The Electron binary that is installed, or null. Never imports `electron`: that would start a download. */
function electronBinary(): string | null {
  try {
    const folder = join(ROOT, 'node_modules/electron')
    const binary = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    const hasScreen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']
    return existsSync(binary) && hasScreen ? binary : null
  } catch {
    return null
  }
}

/** Whether the specs run in Electron itself here, and not on the stand-in. */
export const hasElectron = (): boolean => electronBinary() !== null

function environment(extra: Record<string, string> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ZAIRYU_') || name === 'ZAIRYU_CHROMIUM')
  return { ...(Object.fromEntries(own) as Record<string, string>), ...extra }
}

interface Output {
  text: string
  /** The first group of the first match, as soon as it has been printed; fails when the process ends before. */
  find(pattern: RegExp): Promise<string>
}

function outputOf(child: ChildProcess): Output {
  const output = { text: '', find }
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output.text += chunk.toString()
      for (const listener of listeners) listener()
    })
  function find(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        reject(new Error(`${why} before ${String(pattern)} was printed:\n${output.text}`))
      }
      const look = () => {
        const found = pattern.exec(output.text)
        if (!found) return
        clearTimeout(patience)
        listeners.delete(look)
        resolve(found[1] ?? found[0])
      }
      const patience = setTimeout(() => {
        fail('Time was up')
      }, START_LIMIT_MS)
      child.once('exit', (code) => {
        clearTimeout(patience)
        fail(`The program ended with ${code}`)
      })
      listeners.add(look)
      look()
    })
  }
  return output
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

/** The command that starts the program once more, and what comes after it. */
interface Start {
  command: string
  before: string[]
  entry: string
  after: string[]
  env: Record<string, string>
}

async function startAgain({ command, before, entry, after, env }: Start, link?: string) {
  const again = after.filter((arg) => !arg.startsWith('zairyu:'))
  const second = spawn(command, [...before, entry, ...again, ...(link ? [link] : [])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = outputOf(second)
  return { code: await ended(second), output: output.text }
}

/** Starts the built program: in Electron where its binary is installed and a screen is there, else on the stand-in. Says which. */
export async function launchDesktop({
  dataDir,
  entry = ENTRY,
  args = [],
  env: extra,
  kioskCode,
  until = /^ready (\S+)$/m,
}: DesktopOptions): Promise<Desktop> {
  if (kioskCode !== undefined) {
    const set = await runCli(['kiosk', 'code', '--code-stdin', '--data', dataDir], {}, kioskCode)
    expect(set).toMatchObject({ code: 0, err: '' })
  }
  const electron = electronBinary()
  if (!electron && process.env['ZAIRYU_TEST_ELECTRON'])
    throw new Error('These specs were to run in Electron, which is not here: `npm run test:electron` says why')
  const env = environment(extra)
  const after = ['--data', dataDir, ...args]
  console.log(
    electron
      ? 'desktop: Electron'
      : 'desktop: the stand-in for Electron on Chromium (no Electron binary or no screen here)',
  )
  if (electron)
    return launchElectron({
      command: electron,
      before: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      entry,
      after,
      env,
    })
  const start = {
    command: process.execPath,
    before: ['--disable-warning=ExperimentalWarning', '--import', REGISTER],
    entry,
    after,
    env,
  }
  return launchStandIn(start, dataDir, until)
}

async function launchElectron(start: Start): Promise<Desktop> {
  const program: ElectronApplication = await _electron.launch({
    executablePath: start.command,
    args: [...start.before, start.entry, ...start.after],
    env: start.env,
  })
  const child = program.process()
  const output = outputOf(child)
  const page = await program.firstWindow()
  await page.waitForLoadState()
  const origin = 'app://main'
  return {
    kind: 'electron',
    page,
    origin,
    pid: child.pid ?? 0,
    portsOfTheTest: null,
    output: () => output.text,
    goTo: async (path) => void (await page.goto(origin + path)),
    open: (link) => startAgain(start, link),
    power: (event) => program.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event),
    hasEnded: () => child.exitCode !== null,
    ended: () => ended(child),
    befall: (fate) =>
      program.evaluate(({ app, BrowserWindow }, suffered) => {
        const window = BrowserWindow.getAllWindows().at(-1)
        if (typeof suffered === 'object') {
          const now = performance.now.bind(performance)
          performance.now = () => now() + suffered.seconds * 1_000
        } else if (suffered === 'quit') app.quit()
        else if (suffered === 'close') window?.close()
        else if (suffered === 'hang') window?.emit('unresponsive')
        else window?.webContents.forcefullyCrashRenderer()
      }, fate),
    hand: handOver((call) => program.evaluate(byHand as never, call)),
    close: async () => {
      await page.close()
      return ended(child)
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended(child)
    },
  }
}

async function launchStandIn(start: Start, dataDir: string, until: RegExp): Promise<Desktop> {
  const child = spawn(start.command, [...start.before, start.entry, ...start.after], {
    env: start.env,
    // The channel tells the stand-in when the tests are gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = outputOf(child)
  try {
    await output.find(until)
    const browser = await chromium.connectOverCDP(await output.find(/^stand-in devtools (\S+)$/m), {
      // Downloads are the program's.
      noDefaults: true,
    })
    const page = browser.contexts()[0]?.pages()[0]
    if (!page) throw new Error(`The window has no page:\n${output.text}`)
    const origin = 'http://main.app.localhost'
    const say = (message: object) =>
      new Promise<void>((resolve, reject) => {
        child.send(message, (error) => {
          if (error) reject(error)
          else resolve()
        })
      })
    const profileIsFree = () => expect.poll(() => isLocked(join(dataDir, 'desktop/stand-in-chromium'))).toBe(false)
    return {
      kind: 'stand-in',
      page,
      origin,
      pid: child.pid ?? 0,
      portsOfTheTest: [Number(await output.find(/^stand-in port (\d+)$/m))],
      output: () => output.text,
      goTo: async (path) => void (await page.goto(origin + path)),
      open: (link) => startAgain(start, link),
      power: (event) => say({ power: event }),
      hasEnded: () => child.exitCode !== null,
      ended: () => ended(child),
      befall: (fate) => say({ fate }),
      hand: handOver((call) => askChild(child, call)),
      close: async () => {
        await page.close()
        return ended(child)
      },
      kill: async () => {
        // Playwright lets go first: what it records of the page must not meet a page that is gone.
        await browser.close()
        if (child.exitCode !== null || child.signalCode !== null) return
        child.kill('SIGKILL')
        await ended(child)
        expect(child.signalCode, 'the program was killed, and did not end by itself').toBe('SIGKILL')
        await profileIsFree()
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

let moves = 0

/** One move of the hand, over the channel of the process. */
function askChild(child: ChildProcess, call: HandCall): Promise<unknown> {
  const number = ++moves
  return new Promise((resolve, reject) => {
    const hear = (answer: { number: number; value?: unknown; threw?: string }) => {
      if (answer.number !== number) return
      child.off('message', hear)
      if (answer.threw === undefined) resolve(answer.value)
      else reject(new Error(answer.threw))
    }
    child.on('message', hear)
    child.send({ hand: { number, call } })
  })
}

/** Chromium marks a profile in use by a dangling symbolic link, and removes it when it ends. */
function isLocked(profile: string): boolean {
  try {
    readlinkSync(join(profile, 'SingletonLock'))
    return true
  } catch {
    return false
  }
}
