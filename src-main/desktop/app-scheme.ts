import { protocol } from 'electron'
import { appHandler, type AppSources } from './app-handler'
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

/** Answers the requests of the scheme from now on; see `appHandler`. After ready. */
export function serveAppScheme(sources: AppSources): void {
  protocol.handle(APP_SCHEME, appHandler(sources))
}
