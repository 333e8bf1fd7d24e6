/** A child process that behaves as if it had been started instead of us: same terminal, signals and exit code. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { ROOT } from './step.mjs'

const PARENT_WATCH_MS = 250

const { INIT_CWD, npm_lifecycle_event: npmScript } = process.env
const samePath = (a, b) => a.replace(/[\\/]+$/, '') === b.replace(/[\\/]+$/, '')

/** Whether npm runs us, and not something that npm runs. */
const byNpm = ['start', 'test', 'cli', 'dev', 'components'].includes(npmScript ?? '') && samePath(process.cwd(), ROOT)

/** Where relative paths of the arguments are meant from: npm moves to the root before it runs a script. */
export const callersFolder = () => (byNpm && INIT_CWD ? INIT_CWD : process.cwd())

/**
 * Calls `stop(signal)` when we are told to end. At a terminal Ctrl-C reaches children by itself and must not reach them
 * twice, so it is not passed on from there. npm that is told to end tells only the shell between us: then our parent changes.
 */
export function onEnd(stop) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal, isatty(0)))
  if (!byNpm) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop('SIGTERM', false)
  }, PARENT_WATCH_MS)
  watch.unref()
}

/** Starts `command` and resolves with its exit code (128 + n when signal n ended it). */
export function become(command, args, { env = process.env, ipc = false } = {}) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(ipc ? ['ipc'] : [])]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: callersFolder(), env, stdio })
    onEnd((signal, atTerminal) => {
      if (signal !== 'SIGINT' || !atTerminal) child.kill(signal)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
