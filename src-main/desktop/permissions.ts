import type { OpenExternalPermissionRequest, PermissionRequest, WebContents } from 'electron'
import { isOurPage } from './sender.rules'

/** The one thing a page may do beyond showing itself: put a number that the reader copies on the clipboard. */
const GRANTED = 'clipboard-sanitized-write'

/** Camera, notifications, location, devices …: all is refused but writing text to the clipboard, from our own page. */
export const isGranted = (page: Pick<WebContents, 'getURL'> | null, permission: string): boolean =>
  permission === GRANTED && page !== null && isOurPage(page.getURL())

/**
 * Answers what a page asks for. To open another program for a link (`mailto:`, `tel:`) is refused, too: where the top frame of our
 * page leads there, `leadOut` is told, which asks the reader in his own language.
 */
export const answerPermissions =
  (leadOut: (address: string) => Promise<void>) =>
  (
    page: Pick<WebContents, 'getURL'>,
    permission: string,
    answer: (granted: boolean) => void,
    details: PermissionRequest | OpenExternalPermissionRequest,
  ): void => {
    const address = 'externalURL' in details ? details.externalURL : undefined
    if (permission === 'openExternal' && address !== undefined && details.isMainFrame && isOurPage(page.getURL()))
      void leadOut(address)
    answer(isGranted(page, permission))
  }
