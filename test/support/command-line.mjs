/**
 * A process that holds the built command line and runs one call after another in it: the modules are loaded once, and each call
 * runs the entry (`out/main/cli.js`) anew with its own arguments, environment, input and outputs. Messages: see `cli.ts`.
 */
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { Readable } from 'node:stream'

const CLI = pathToFileURL(join(import.meta.dirname, '../../out/main/cli.js')).href
const ownEnvironment = { ...process.env }
let calls = 0

async function run({ args, env, typed }) {
  const printed = { out: '', err: '' }
  const into = (name) => (chunk, encoding, done) => {
    printed[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    const written = typeof encoding === 'function' ? encoding : done
    written?.()
    return true
  }
  process.argv = [process.execPath, 'cli.js', ...args]
  process.env = { ...ownEnvironment, ...env }
  process.exitCode = 0
  process.stdout.write = into('out')
  process.stderr.write = into('err')
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    value: Readable.from(typed === undefined ? [] : [typed]),
  })
  try {
    await import(`${CLI}?call=${(calls += 1)}`)
  } catch (error) {
    printed.err += `${error?.stack ?? error}\n`
    process.exitCode = 70
  }
  return { code: Number(process.exitCode ?? 0), ...printed }
}

process.on('message', (call) => {
  run(call).then((answer) => {
    process.exitCode = 0
    process.send({ id: call.id, ...answer })
  })
})
