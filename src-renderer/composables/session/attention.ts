/** Ours: how often an open page asks how things stand at the service, while it is looked at (DESIGN §10: within a minute). */
const ASK_EVERY_MS = 60_000

/**
 * Tells when a page that lay idle should ask how things stand: the reader comes back to it, the network does, or the device has slept; and once a
 * minute while the page is looked at. Answers its undo.
 */
export function onAttention(ask: () => void): () => void {
  const askIfSeen = () => {
    if (document.visibilityState === 'visible') ask()
  }
  const often = setInterval(askIfSeen, ASK_EVERY_MS)
  document.addEventListener('visibilitychange', askIfSeen)
  for (const event of ['focus', 'online', 'pageshow'] as const) addEventListener(event, askIfSeen)
  // Chromium wakes a tab that it had put to sleep.
  document.addEventListener('resume', askIfSeen)
  return () => {
    clearInterval(often)
    document.removeEventListener('visibilitychange', askIfSeen)
    for (const event of ['focus', 'online', 'pageshow'] as const) removeEventListener(event, askIfSeen)
    document.removeEventListener('resume', askIfSeen)
  }
}
