/** A child process that behaves as if it had been started instead of us: same terminal, signals and exit code. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import { ROOT } from './setup.mjs'

/** Where relative paths of the arguments are meant from: npm moves to the root before it runs a script. */
export function callersFolder() {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env
  const byNpm = INIT_CWD && ['start', 'cli', 'dev'].includes(script ?? '') && samePath(process.cwd(), ROOT)
  return byNpm ? INIT_CWD : process.cwd()
}

const samePath = (a, b) => a.replace(/[\\/]+$/, '') === b.replace(/[\\/]+$/, '')

/** Hands signals on to a child. At a terminal Ctrl-C reaches the child by itself, and must not reach it twice. */
export function forwardSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !isatty(0)) child.kill(signal)
    })
}

/** Starts `command` and resolves with its exit code (128 + n when signal n ended it). */
export function become(command, args, { env = process.env, ipc = false } = {}) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(ipc ? ['ipc'] : [])]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: callersFolder(), env, stdio })
    forwardSignals(child)
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}
