/**
 * How a command runs its steps: nothing is said when nothing is to do, and all else on stderr, one line for each step. The output of
 * the tools goes to `.cache/setup.log` and is shown only when one fails.
 */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const CACHE = join(ROOT, '.cache')
const LOG = join(CACHE, 'setup.log')
const LOG_LIMIT_BYTES = 1_000_000

/** A step that could not be done; `advice` is what the reader can do about it. */
export class SetupError extends Error {
  constructor(message, advice) {
    super(message)
    this.advice = advice
  }
}

/** Runs a program to its end with its output in the log. Rejects with the end of that output. */
export function runQuietly(command, args, { env = process.env, limit, cwd = ROOT } = {}) {
  mkdirSync(CACHE, { recursive: true })
  if (existsSync(LOG) && statSync(LOG).size > LOG_LIMIT_BYTES) rmSync(LOG, { force: true })
  writeFileSync(LOG, `\n> ${[command, ...args].join(' ')}\n`, { flag: 'a' })
  const log = openSync(LOG, 'a+')
  const from = readFileSync(LOG).length
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], timeout: limit, windowsHide: true })
    child.on('error', (error) => reject(error))
    child.on('exit', (code, signal) => {
      closeSync(log)
      if (code === 0) return resolve(undefined)
      const lines = readFileSync(LOG).subarray(from).toString().trimEnd().split('\n').slice(-30)
      reject(new Error([...lines, signal ? `(ended by ${signal})` : `(exit code ${code})`].join('\n')))
    })
  })
}

/**
 * Does a step and says so on stderr: at a terminal one line with the seconds as they pass, elsewhere a line when it
 * begins and one when it is done.
 */
export async function step(label, work) {
  const begin = Date.now()
  const seconds = () => `${Math.round((Date.now() - begin) / 1000)} s`
  const { stderr } = process
  let tick
  if (stderr.isTTY) {
    const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'
    let n = 0
    const draw = () => stderr.write(`\r\x1b[K${frames[n++ % frames.length]} ${label} … ${seconds()}`)
    draw()
    tick = setInterval(draw, 120)
  } else stderr.write(`${label} …\n`)
  try {
    const result = await work()
    stderr.write(stderr.isTTY ? `\r\x1b[K✓ ${label} (${seconds()})\n` : `${label}: done in ${seconds()}\n`)
    return result
  } catch (error) {
    stderr.write(stderr.isTTY ? `\r\x1b[K✗ ${label} (${seconds()})\n` : `${label}: failed after ${seconds()}\n`)
    throw error
  } finally {
    clearInterval(tick)
  }
}

/** Runs a command's main function; a failed set-up ends with what happened and what to do, never with a stack trace. */
export async function command(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    const said = process.stderr.isTTY ? error.message : stripVTControlCharacters(error.message)
    process.stderr.write(`${said}\n\n${error.advice}\n`)
    process.exitCode = 1
  }
}
