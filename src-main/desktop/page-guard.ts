import type { WebContents } from 'electron'
import { isOurPage } from './sender.rules'

/**
 * Keeps a page where it is: it leaves for no other origin, opens no window, embeds no webview. Where its top frame leads to
 * somewhere else, by a link or a new window, `leadOut` is told, and decides whether the system opens it.
 */
export function guardPage(
  page: Pick<WebContents, 'getURL' | 'on' | 'setWindowOpenHandler'>,
  leadOut: (address: string) => Promise<void>,
): void {
  const lead = (address: string) => {
    if (isOurPage(page.getURL())) void leadOut(address)
  }
  page.on('will-frame-navigate', (event) => {
    if (isOurPage(event.url)) return
    event.preventDefault()
    if (event.isMainFrame) lead(event.url)
  })
  page.on('will-redirect', (event) => {
    if (!isOurPage(event.url)) event.preventDefault()
  })
  page.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  page.setWindowOpenHandler(({ url }) => {
    if (!isOurPage(url)) lead(url)
    return { action: 'deny' }
  })
}
