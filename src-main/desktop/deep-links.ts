import { resolve } from 'node:path'
import { app } from 'electron'
import { ownArguments } from './arguments.rules'
import { LINK_SCHEME, screenOfArguments, screenOfLink } from './deep-links.rules'

/**
 * Hears of links that are opened while the program runs: from a second start (Windows, Linux), or from the system
 * (macOS, also for the link with which it was started). `started` is told the screen, or null for a link that is none of
 * ours and for a plain second start. Before ready.
 */
export function onDeepLink(started: (screen: string | null) => void): void {
  app.on('second-instance', (_event, argv) => {
    started(screenOfArguments(argv))
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    started(screenOfLink(link))
  })
}

/**
 * Asks the system to open links of mails with this program. From the sources, the system starts Electron with the same entry
 * file and data; on macOS it works in the packaged app only, whose Info.plist names the scheme.
 */
export function becomeLinkHandler(dataDir: string): void {
  const { entry } = ownArguments(process.argv, app.isPackaged)
  if (entry === null) app.setAsDefaultProtocolClient(LINK_SCHEME)
  else app.setAsDefaultProtocolClient(LINK_SCHEME, process.execPath, [resolve(entry), '--data', dataDir])
}
