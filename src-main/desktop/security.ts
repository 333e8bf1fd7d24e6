import { app, session, type Session, type WebContents } from 'electron'
import { isOurPage } from './sender.rules'

/** The one thing a page may do beyond showing itself: put a number that the reader copies on the clipboard. */
const GRANTED = 'clipboard-sanitized-write'

/** Refuses every permission (camera, notifications, location, devices …) but writing text to the clipboard from our own page. After ready. */
export function refusePermissions(of: Session = session.defaultSession): void {
  const granted = (page: WebContents | null, permission: string) =>
    permission === GRANTED && page !== null && isOurPage(page.getURL())
  of.setPermissionRequestHandler((page, permission, answer) => {
    answer(granted(page, permission))
  })
  of.setPermissionCheckHandler((page, permission) => granted(page, permission))
  of.setDevicePermissionHandler(() => false)
}

/** No spell check: names would be marked as wrong, and its dictionaries come from a far server. After ready. */
export function checkNoSpelling(): void {
  session.defaultSession.setSpellCheckerEnabled(false)
}

/**
 * Refuses, for every page of the program: leaving for another origin, opening windows, embedding a webview, and servers
 * whose certificate is not right. Before ready, so that no page escapes it.
 */
export function refuseOtherPages(): void {
  app.on('web-contents-created', (_event, page) => {
    page.on('will-frame-navigate', (event) => {
      if (!isOurPage(event.url)) event.preventDefault()
    })
    page.on('will-redirect', (event) => {
      if (!isOurPage(event.url)) event.preventDefault()
    })
    page.on('will-attach-webview', (event) => {
      event.preventDefault()
    })
    page.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  app.on('certificate-error', (event, _page, _url, _error, _certificate, trust) => {
    event.preventDefault()
    trust(false)
  })
}
