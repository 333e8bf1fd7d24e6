import { execFile, fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

export interface CommandAnswer {
  code: number
  out: string
  err: string
}

const CLI = join(import.meta.dirname, '../../out/main/cli.js')
const RUNNER = join(import.meta.dirname, 'command-line.mjs')

/** The variables of this process without those of the program. */
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ZAIRYU_'))) as Record<
    string,
    string
  >

/**
 * Runs the built command line in a process of its own, as `npm run -s cli --` does; `typed` comes over its input. For tests of
 * that process: its exit code, its input and output, its end.
 */
export function spawnCli(args: string[], env: Record<string, string> = {}, typed?: string): Promise<CommandAnswer> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { env: { ...environment(), ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
    if (typed !== undefined) child.stdin?.end(typed)
  })
}

interface Runner {
  child: ChildProcess
  ended: Promise<never>
}
let runner: Runner | null = null
let calls: Promise<unknown> = Promise.resolve()
let lastId = 0

function startRunner(): Runner {
  const child = fork(RUNNER, { env: environment(), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  // It ends with the process of the tests, whose end it does not hold up.
  child.unref()
  child.channel?.unref()
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      runner = null
      reject(new Error(`the command line's process ended with ${code}`))
    })
  })
  ended.catch(() => undefined)
  return { child, ended }
}

/**
 * Runs the built command line as `spawnCli` does, but in one process for all calls of a test process, which loads the modules once
 * (a new one takes some 0.4 s of a core). One call at a time.
 */
export function runCli(args: string[], env: Record<string, string> = {}, typed?: string): Promise<CommandAnswer> {
  const answered = calls.then(() => {
    runner ??= startRunner()
    const { child, ended } = runner
    const id = (lastId += 1)
    const answer = new Promise<CommandAnswer>((resolve) => {
      const hear = (message: CommandAnswer & { id: number }) => {
        if (message.id !== id) return
        child.off('message', hear)
        child.channel?.unref()
        resolve({ code: message.code, out: message.out, err: message.err })
      }
      child.on('message', hear)
      child.channel?.ref()
      child.send({ id, args, env, ...(typed !== undefined && { typed }) })
    })
    return Promise.race([answer, ended])
  })
  calls = answered.catch(() => undefined)
  return answered
}
