import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const SERVE = join(import.meta.dirname, '../../out/main/serve.js')

export interface ProgramOptions {
  dataDir: string
  port?: number
  args?: string[]
  env?: Record<string, string>
}

/** The browser shell, running in a process of its own as `npm start -- --browser` runs it. */
export interface Program {
  url: string
  pid: number
  /** Everything it has printed so far. */
  output(): string
  /** Ends it as Ctrl-C does; answers the exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power failure does, and waits until it is gone. */
  kill(): Promise<void>
}

/** The variables of this process without those of the program, and with the given ones. */
export function cleanEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ZAIRYU_') || name === 'ZAIRYU_CHROMIUM')
  return { ...(Object.fromEntries(own) as Record<string, string>), ...extra }
}

/** Starts the built program and waits until it says that it is ready. */
export async function startProgram({ dataDir, port = 0, args = [], env = {} }: ProgramOptions): Promise<Program> {
  const flags = ['--browser', '--no-open', '--port', String(port), '--data', dataDir, ...args]
  const child: ChildProcess = spawn(process.execPath, [SERVE, ...flags], {
    env: cleanEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      text += chunk.toString()
      const ready = /^ready (http:\S+)\/$/m.exec(text)?.[1]
      if (ready) resolve(ready)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}: ${text}`)))
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal)
      await once(child, 'exit')
    }
    return child.exitCode
  }
  return {
    url,
    pid: child.pid ?? 0,
    output: () => text,
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  }
}
