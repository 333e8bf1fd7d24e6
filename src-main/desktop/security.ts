import { app, session, type Session } from 'electron'
import { guardPage } from './page-guard'
import { answerPermissions, isGranted } from './permissions'

/** Told where a page of ours leads out of the program; asks the reader, or leads nowhere. */
export type OpenExternal = (address: string) => Promise<void>

/** Nothing leads out of a shared machine. */
export const LEAD_NOWHERE: OpenExternal = () => Promise.resolve()

/** Refuses pages every permission but one (`permissions.ts`). After ready. */
export function refusePermissions(leadOut: OpenExternal, of: Session = session.defaultSession): void {
  of.setPermissionRequestHandler(answerPermissions(leadOut))
  of.setPermissionCheckHandler(isGranted)
  of.setDevicePermissionHandler(() => false)
}

/** No downloads: what our pages hand out goes through `save-file.ts`, and nobody else has anything to hand out. After ready. */
export function refuseDownloads(of: Session = session.defaultSession): void {
  of.on('will-download', (event) => {
    event.preventDefault()
  })
}

/** No spell check: names would be marked as wrong, and its dictionaries come from a far server. After ready. */
export function checkNoSpelling(of: Session = session.defaultSession): void {
  of.setSpellCheckerEnabled(false)
}

/**
 * Guards every page of the program (`guardPage`), and refuses servers whose certificate is not right. Before ready, so that no
 * page escapes it.
 */
export function guardPages(leadOut: OpenExternal): void {
  app.on('web-contents-created', (_event, page) => {
    guardPage(page, leadOut)
  })
  app.on('certificate-error', (event, _page, _url, _error, _certificate, trust) => {
    event.preventDefault()
    trust(false)
  })
}
