import { session } from 'electron'
import type { Service } from '../app/compose'
import type { Config } from '../platform/config/config'
import { LINK_BASE } from './deep-links.rules'
import { remoteService, type Fetch } from './remote-service'

type Api = (request: Request) => Promise<Response>

export interface ServiceBehind {
  /** The service in this process; null where it is another one. Rejected when it cannot start, which `runShell` tells. */
  service: Promise<Service> | null
  api: Api
  /** Asks the same service by a way that shares nothing with `api`: for a visit that is over. */
  apart: Api
  /** Forgets what the way to a far service holds: what is under way, and its cookies. */
  forget(): Promise<void>
}

/** What answers `/api`: the service in this process, which starts now, or the one at `config.serviceUrl`. */
export function connectBackend({ serviceUrl, publicUrl }: Config, compose: () => Promise<Service>): ServiceBehind {
  if (serviceUrl !== null) {
    // Sessions of their own, in memory: what the far service sets never reaches the disk or the pages.
    const far = (partition: string): Api => {
      const fetch: Fetch = (address, init) => session.fromPartition(partition).fetch(address, init)
      return remoteService(serviceUrl, fetch)
    }
    return {
      service: null,
      api: far('service'),
      apart: far('service-apart'),
      forget: async () => {
        const way = session.fromPartition('service')
        // First what is under way: its answer would bring cookies again.
        await way.closeAllConnections()
        await way.clearStorageData()
      },
    }
  }
  const service = startService(compose, publicUrl ?? LINK_BASE)
  // A failure is told by `runShell`; until that looks, it is not unheard of.
  service.catch(() => undefined)
  const api: Api = async (request) => (await service).fetch(request)
  return { service, api, apart: api, forget: () => Promise.resolve() }
}

async function startService(compose: () => Promise<Service>, linkBase: string): Promise<Service> {
  const service = await compose()
  await service.start(linkBase)
  return service
}
