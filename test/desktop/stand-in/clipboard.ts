import { app } from './app'

/** What a page of the program copies, and another one pastes. */
export const clipboard = {
  /** What is marked, on Linux: no page of a headless Chromium marks anything in the system. */
  selection: {
    clear(): void {
      process.stdout.write('stand-in selection cleared\n')
    },
  },

  /** By way of the newest page: this process has no clipboard of its own. Electron's is empty when the call returns. */
  clear(): void {
    const window = [...app.windows].at(-1)
    const expression = `addEventListener('copy', (event) => {
      event.clipboardData.setData('text/plain', '')
      event.preventDefault()
    }, { once: true }); document.execCommand('copy')`
    void window?.attached
      .then(() => window.webContents.ask('Runtime.evaluate', { expression, userGesture: true }))
      .catch(() => undefined)
  },
}
