/** The origin of our pages: the scheme is `app`, the host is always `main`. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'main'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Whether an address is one of our own pages. `URL.origin` is `null` for schemes like ours, so its parts are compared. */
export function isOurPage(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

/** The frame that sent a message, as far as it decides who may ask; null when it has navigated away since. */
export type SendingFrame = { url: string; parent: unknown } | null

/** Ours: only the top frame of our window may ask, and only while it shows a page of ours. */
export function mayAsk(frame: SendingFrame): boolean {
  return frame !== null && frame.parent === null && isOurPage(frame.url)
}
