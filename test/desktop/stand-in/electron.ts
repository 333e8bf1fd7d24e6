/** The stand-in for the module `electron` in the main process; README.md says what it imitates and what not. */
import { EventEmitter } from 'node:events'
import { app } from './app'
import { BrowserWindow } from './browser-window'
import { defaultSession } from './default-session'
import { suffer, type Fate } from './fate'
import { handlers } from './handlers'
import { Menu } from './menu'
import { Partition } from './partition'
import { byHand, type HandCall } from '../support/hand'
import { screen } from './screen'

export { clipboard } from './clipboard'
export { safeStorage } from './safe-storage'
export { Menu, screen }

type Value<M> = M extends Map<string, infer V> ? V : never

export { app, BrowserWindow }

export const ipcMain = {
  handle(channel: string, handler: Value<typeof handlers.calls>): void {
    if (handlers.calls.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.calls.set(channel, handler)
  },
}

export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
  },
  handle(scheme: string, handler: Value<typeof handlers.schemes>): void {
    handlers.schemes.set(scheme, handler)
  },
}

export const session = {
  defaultSession,
  fromPartition(name: string): Partition {
    if (name.startsWith('persist:')) throw new Error('The stand-in has sessions in memory only')
    const partition = partitions.get(name) ?? new Partition()
    partitions.set(name, partition)
    return partition
  },
}
const partitions = new Map<string, Partition>()

/** The test says what happens to the machine (`power` in `support/launch.ts`), and what the person does (`support/hand.ts`). */
export const powerMonitor = new EventEmitter()
process.on('message', (message: { power?: string; fate?: Fate; hand?: { number: number; call: HandCall } }) => {
  if (message.power) powerMonitor.emit(message.power)
  if (message.fate) suffer(message.fate)
  if (message.hand) process.send?.(handed(message.hand))
})

function handed({ number, call }: { number: number; call: HandCall }): object {
  try {
    return { number, value: byHand({ app, BrowserWindow, dialog, Menu, session, shell } as never, call) }
  } catch (error) {
    return { number, threw: String(error) }
  }
}

/** Chromium's own reporter is not started: what is imitated are its conditions. */
export const crashReporter = {
  start({ uploadToServer }: { uploadToServer?: boolean }): void {
    if (app.isReady()) throw new Error('crashReporter.start should be called before app is ready')
    if (uploadToServer !== false) throw new Error('The stand-in sends nothing anywhere')
    process.stdout.write('stand-in crash reporter\n')
  },
}

export const nativeTheme = { shouldUseDarkColors: false }

export const dialog = {
  showErrorBox(title: string, content: string): void {
    console.error(title, content)
  },
  // A test that expects a box says how it is answered (`support/hand.ts`).
  showSaveDialog: () => Promise.reject(new Error('nobody answers')),
  showMessageBox: () => Promise.reject(new Error('nobody answers')),
}

/** What is handed to the system goes nowhere. */
export const shell = { openExternal: () => Promise.resolve() }

// A test run that was cut off leaves nothing behind.
process.once('disconnect', () => process.exit(1))
Object.defineProperty(process, 'defaultApp', { value: true })
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '0.0.0', chrome: '0.0.0.0' } })
setImmediate(() => void app.start())
