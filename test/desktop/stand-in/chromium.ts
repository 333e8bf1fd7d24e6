import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { CHROMIUM_ARGS, chromiumExecutable } from '../../support/chromium'

/** What Chromium says: an answer, or an event. */
interface Message {
  id?: number
  method?: string
  sessionId?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

/**
 * Starts a headless Chromium whose life hangs on a pipe: when this process dies, however it dies, Chromium ends too. Emits
 * the protocol's events by session (`SESSION method`), and `gone`. Tests attach to `address`.
 */
export class Chromium extends EventEmitter {
  /** Where tests attach with `connectOverCDP`. */
  readonly address: Promise<string>
  #write: Writable
  #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #last = 0

  constructor(profile: string, port: number) {
    super()
    this.setMaxListeners(0)
    const child = spawn(
      chromiumExecutable(),
      [
        ...CHROMIUM_ARGS,
        '--headless=new',
        '--remote-debugging-pipe',
        '--remote-debugging-port=0',
        `--user-data-dir=${profile}`,
        // `app://main` becomes an origin that is the same at every start, so that what pages store is found again.
        `--host-resolver-rules=MAP *.app.localhost 127.0.0.1:${port}`,
        '--lang=ja-JP',
        '--accept-lang=ja-JP',
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, TZ: 'Asia/Tokyo' } },
    )
    const stderr = child.stdio[2] as Readable
    this.#write = child.stdio[3] as Writable
    this.#write.on('error', () => undefined)
    this.#read(child.stdio[4] as Readable)
    child.once('exit', () => this.emit('gone'))
    this.address = new Promise((resolve, reject) => {
      let said = ''
      stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const address = /DevTools listening on (\S+)/.exec(said)?.[1]
        if (address) resolve(address)
      })
      child.once('exit', (code) => {
        reject(new Error(`Chromium ended with ${code}: ${said}`))
      })
    })
  }

  /** Asks Chromium; rejects with its own message. What it answers is Chromium's to define. */
  ask<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    const id = ++this.#last
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    this.#write.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return answer.promise as Promise<Result>
  }

  #read(from: Readable): void {
    let held = ''
    from.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (held + chunk).split('\0')
      held = parts.pop() ?? ''
      for (const part of parts) this.#hear(JSON.parse(part) as Message)
    })
  }

  #hear({ id, method, sessionId, params, result, error }: Message): void {
    if (id === undefined) return void this.emit(sessionId ? `${sessionId} ${method}` : String(method), params)
    const answer = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error) answer?.reject(new Error(error.message))
    else answer?.resolve(result)
  }
}
