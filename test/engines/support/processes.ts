import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Programs that were started for a browser, and its data; all gone when it is closed. */
export interface Workshop {
  /** A folder of its own, for all that the browser remembers. */
  home: string
  start(command: string, args: string[], options?: { env?: Record<string, string>; stdio?: StdioOptions }): ChildProcess
  close(): Promise<void>
}

const KEEPER = join(import.meta.dirname, 'keeper.mjs')

/** What a program and all that it has started are killed by. */
const groupOf = (pid: number) => (process.platform === 'win32' ? pid : -pid)

export function openWorkshop(): Workshop {
  const home = mkdtempSync(join(tmpdir(), 'zairyu-engine-'))
  const running: ChildProcess[] = []
  const keeper = spawn(process.execPath, [KEEPER, home], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  keeper.unref()
  return {
    home,
    start: (command, args, { env = {}, stdio = 'ignore' } = {}) => {
      const environment = { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, ...env }
      // A group of its own: what a browser starts ends with it.
      const child = spawn(command, args, { env: environment, stdio, detached: process.platform !== 'win32' })
      running.unshift(child)
      if (child.pid) keeper.stdin.write(`${groupOf(child.pid)}\n`)
      return child
    },
    close: async () => {
      for (const child of running) {
        const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null
        try {
          if (child.pid) process.kill(groupOf(child.pid), 'SIGKILL')
        } catch {
          // It has ended by itself, and all of its group.
        }
        await ended
      }
      keeper.kill('SIGKILL')
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The first match of a pattern in what a program says; rejected when it ends before. */
export function heard(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    for (const stream of child.stdio.slice(1))
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString()
        const found = pattern.exec(text)?.[1]
        if (found !== undefined) resolve(found)
      })
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`${child.spawnfile} ended with ${code} before it said ${String(pattern)}: ${text}`))
    })
  })
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
