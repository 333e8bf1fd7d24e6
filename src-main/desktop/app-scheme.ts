import { protocol, type Protocol } from 'electron'
import { APP_SCHEME } from './sender.rules'

/**
 * Makes `app://main` an origin like that of a site: relative addresses, storage, fetch, streams, a secure context. Not
 * granted: cross-origin requests from anywhere (`corsEnabled`), service workers, a way around the CSP. Once, before ready.
 */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Answers the requests of the scheme from now on, by an `appHandler`; `of` is another session than the usual one. After ready. */
export function serveAppScheme(handler: (request: Request) => Promise<Response>, of: Protocol = protocol): void {
  of.handle(APP_SCHEME, handler)
}
