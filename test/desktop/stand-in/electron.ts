/** The stand-in for the module `electron` in the main process; README.md says what it imitates and what not. */
import { EventEmitter } from 'node:events'
import { app } from './app'
import { BrowserWindow } from './browser-window'
import { suffer, type Fate } from './fate'
import { handlers } from './handlers'
import { Partition } from './partition'

export { clipboard } from './clipboard'
export { safeStorage } from './safe-storage'

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
  defaultSession: {
    setPermissionRequestHandler(handler: typeof handlers.permission): void {
      handlers.permission = handler
    },
    setPermissionCheckHandler(): void {},
    setDevicePermissionHandler(): void {},
  },
  fromPartition(name: string): Partition {
    if (name.startsWith('persist:')) throw new Error('The stand-in has sessions in memory only')
    const partition = partitions.get(name) ?? new Partition()
    partitions.set(name, partition)
    return partition
  },
}
const partitions = new Map<string, Partition>()

export const Menu = { setApplicationMenu(): void {} }

/** The test says what happens to the machine (`power` in `support/launch.ts`). */
export const powerMonitor = new EventEmitter()
process.on('message', (message: { power?: string; fate?: Fate }) => {
  if (message.power) powerMonitor.emit(message.power)
  if (message.fate) suffer(message.fate)
})

export const nativeTheme = { shouldUseDarkColors: false }

export const dialog = {
  showErrorBox(title: string, content: string): void {
    console.error(title, content)
  },
}

// A test run that was cut off leaves nothing behind.
process.once('disconnect', () => process.exit(1))
Object.defineProperty(process, 'defaultApp', { value: true })
setImmediate(() => void app.start())
