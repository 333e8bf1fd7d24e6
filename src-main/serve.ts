import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import openInBrowser from 'open'
import { compose } from './app/compose'
import { NewerDatabaseError } from './database/migrate'
import { DataProblemError } from './features/backup/data-problem.query'
import { ConfigError, readConfig, type Config } from './platform/config/config'
import { noteCrash } from './platform/log/crash-reports'
import { clearTextWarning } from './platform/config/public-url.rules'
import { endWhenUncaught } from './platform/log/uncaught'
import { allowOwnAddresses, type AllowedHosts } from './http/guards/guards'
import { rendererFiles } from './http/renderer-files'

const listen = (server: Server, port: number) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' || error.code === 'EACCES'
          ? new ConfigError(
              `Port ${port} cannot be used (${error.code}); choose another with --port N, or --port 0 for any`,
            )
          : error,
      ),
    )
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

/** The browser shell: the service on 127.0.0.1 with the built renderer. */
async function serve(config: Config): Promise<void> {
  if (config.serviceUrl !== null)
    throw new ConfigError('--service works in the desktop app only; start without --browser')
  const allowedHosts: AllowedHosts = { origins: [], hosts: [] }
  const service = await compose(config, allowedHosts, rendererFiles(join(import.meta.dirname, '../renderer'), config))
  const server = createServer(getRequestListener((request) => service.fetch(request)))
  try {
    if (service.notice !== null) console.error(service.notice)
    const port = await listen(server, config.port)
    allowOwnAddresses(allowedHosts, port, config.publicUrl)
    const url = `http://127.0.0.1:${port}`
    await service.start(url)
    let stopped: Promise<void> | null = null
    const stop = () => {
      server.close()
      server.closeAllConnections()
      return (stopped ??= service.stop())
    }
    endWhenUncaught((thrown) => {
      console.error(noteCrash(config, thrown).line)
    }, stop)
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void stop().then(() => process.exit(0)))
    const warning = clearTextWarning(config.publicUrl, config.training)
    if (warning !== null) console.error(warning)
    console.log(`ready ${url}/`)
    if (config.open) await openInBrowser(url).catch(() => undefined)
  } catch (error) {
    await service.stop()
    throw error
  }
}

let config: Config | null = null
try {
  config = readConfig(process.argv.slice(2), process.env)
  await serve(config)
} catch (error) {
  process.exitCode = error instanceof ConfigError ? 2 : 1
  if ([ConfigError, DataProblemError, NewerDatabaseError].some((kind) => error instanceof kind))
    console.error((error as Error).message)
  else if (config) console.error(noteCrash(config, error).line)
  else throw error
}
