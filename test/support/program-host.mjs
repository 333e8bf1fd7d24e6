/**
 * A process that holds the built browser shell and runs one program beside another in it: the modules are loaded once, and each
 * start runs the entry (`out/main/serve.js`) anew with its own arguments and environment. Messages: see `hosted-program.ts`.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const SERVE = pathToFileURL(join(import.meta.dirname, '../../out/main/serve.js')).href
const SIGNALS = ['SIGINT', 'SIGTERM']
/** An error that nobody caught ends this process, and with it all of its programs: the tests see that. */
const UNCAUGHT = ['uncaughtException', 'unhandledRejection']
const ownEnvironment = { ...process.env }
const write = { stdout: process.stdout.write.bind(process.stdout), stderr: process.stderr.write.bind(process.stderr) }
const exit = process.exit.bind(process)

/** What ends a program, by the number of its start. */
const interrupts = new Map()
/** Where the program that is being ended says its exit code. */
let leave = null
process.exit = (code) => (leave ?? exit)(code ?? 0)

async function start({ id, args, env }) {
  let printed = ''
  const hear = (chunk) => {
    printed += String(chunk)
    return true
  }
  const before = new Map([...SIGNALS, ...UNCAUGHT].map((event) => [event, process.listeners(event)]))
  process.argv = [process.execPath, 'serve.js', ...args]
  process.env = { ...ownEnvironment, ...env }
  process.stdout.write = hear
  process.stderr.write = hear
  try {
    // It has been run when it listens, or could not start.
    await import(`${SERVE}?program=${id}`)
  } finally {
    Object.assign(process.stdout, { write: write.stdout })
    Object.assign(process.stderr, { write: write.stderr })
    process.exitCode = 0
    for (const [event, listeners] of before)
      for (const listener of process.listeners(event)) {
        if (listeners.includes(listener)) continue
        process.off(event, listener)
        if (event === 'SIGINT') interrupts.set(id, listener)
      }
  }
  const url = /^ready (http:\S+)\/$/m.exec(printed)?.[1]
  if (!url) throw new Error(`the program did not start: ${printed}`)
  return { url }
}

/** Ends a program as Ctrl-C does. */
async function stop({ id }) {
  const interrupt = interrupts.get(id)
  interrupts.delete(id)
  if (!interrupt) return { code: null }
  const { promise, resolve } = Promise.withResolvers()
  leave = resolve
  try {
    interrupt('SIGINT')
    return { code: await promise }
  } finally {
    leave = null
  }
}

let done = Promise.resolve()
process.on('message', (message) => {
  done = done
    .then(() => (message.stop ? stop(message) : start(message)))
    .catch((error) => ({ error: String(error?.stack ?? error) }))
    .then((answer) => process.send({ id: message.id, ...answer }))
})
process.on('disconnect', () => exit(0))
