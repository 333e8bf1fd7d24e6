/**
 * `npm run dev`: the service, built and started again on every change of its sources, behind a Vite server with hot
 * reload for the screens. Its data is in `.cache/dev-data` unless `--data` says otherwise; `--port` is the port of the
 * page (4181). All other flags go to the service.
 */
import { spawn } from 'node:child_process'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { become, callersFolder, onEnd } from './setup/child.mjs'
import { forgetBuild } from './setup/ensure-build.mjs'
import { prepare } from './setup/prepare.mjs'
import { CACHE, command, ROOT } from './setup/step.mjs'

/** Takes `--name value` or `--name=value` out of the flags. */
function takeFlag(flags, name) {
  const at = flags.findIndex((flag) => flag === name || flag.startsWith(`${name}=`))
  if (at < 0) return undefined
  const inOne = flags[at] !== name
  const [flag, value] = flags.splice(at, inOne ? 1 : 2)
  return inOne ? flag.slice(name.length + 1) : value
}

/** A port that nobody listens on now. */
const freePort = () =>
  new Promise((resolve) => {
    const server = createSocketServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** The service as a process that can be replaced. */
function serviceRunner(port, flags) {
  const args = [join(ROOT, 'out/main/serve.js'), '--browser', '--no-open', '--port', String(port), ...flags]
  let child = null
  let queue = Promise.resolve()

  const stopped = () =>
    new Promise((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return resolve(undefined)
      child.once('exit', resolve)
      child.kill('SIGTERM')
    })

  /** Resolves when the service can be used, or has ended. */
  const started = () =>
    new Promise((resolve) => {
      child = spawn(process.execPath, args, { cwd: callersFolder(), stdio: ['ignore', 'pipe', 'inherit'] })
      child.stdout.on('data', (text) => {
        // Its own ready line would send people past the hot reload.
        if (/^ready /m.test(String(text))) resolve(undefined)
        else process.stderr.write(text)
      })
      child.on('exit', resolve)
    })

  return {
    restart: () => (queue = queue.then(stopped).then(started)),
    stop: () => (queue = queue.then(stopped)),
  }
}

/** Builds a part of the program again whenever a source of it changes; `onBuilt` hears of each success, also the first. */
async function watch(build, config, onBuilt) {
  const watcher = await build({ ...config, configFile: false, build: { ...config.build, watch: {} } })
  watcher.on('event', (event) => {
    if (event.code === 'BUNDLE_END') void event.result?.close?.()
    if (event.code === 'ERROR') process.stderr.write(`${event.error.message}\n`)
    if (event.code === 'END') onBuilt()
  })
  return watcher
}

async function develop() {
  const { resolveConfig } = await import('electron-vite')
  const { build, createServer } = await import('vite')
  const flags = process.argv.slice(2)
  const port = Number(takeFlag(flags, '--port') ?? 4181)
  const hasData = process.env.ZAIRYU_DATA_DIR || flags.some((flag) => /^--data(=|$)/.test(flag))
  if (!hasData) flags.push('--data', join(CACHE, 'dev-data'))

  const servicePort = await freePort()
  const target = `http://127.0.0.1:${servicePort}`
  const { config: page } = await resolveConfig({ logLevel: 'warn' }, 'serve', 'development')
  const web = await createServer({
    ...page.renderer,
    configFile: false,
    clearScreen: false,
    server: {
      ...page.renderer.server,
      host: '127.0.0.1',
      port,
      strictPort: true,
      proxy: {
        // Not `/api`: that is also the folder of the renderer's client.
        '/api/v1': {
          target,
          changeOrigin: true,
          // The service answers only to its own origin; the page's is ours.
          configure: (proxy) =>
            proxy.on('proxyReq', (sent, { headers }) => headers.origin && sent.setHeader('origin', target)),
        },
      },
    },
  })
  await web.listen()
  const address = web.resolvedUrls.local[0]
  process.env.ZAIRYU_PUBLIC_URL ??= address.replace(/\/$/, '')

  // From here on `out` follows the sources without the stamp.
  forgetBuild()
  const service = serviceRunner(servicePort, flags)
  const { config: program } = await resolveConfig({ logLevel: 'warn' }, 'build', 'production')
  let announced = false
  const watcher = await watch(build, program.main, async () => {
    await service.restart()
    if (announced) process.stderr.write('The service runs with the change.\n')
    else console.log(`ready ${address}`)
    announced = true
  })

  const stop = async () => {
    await watcher.close()
    await service.stop()
    await web.close()
    process.exit(0)
  }
  onEnd(stop)
  return 0
}

await command(async () => {
  const node = await prepare()
  return node === process.execPath ? develop() : become(node, process.argv.slice(1))
})
