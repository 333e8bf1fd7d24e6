import { setTimeout as sleep } from 'node:timers/promises'
import { findWebKit } from '../../../scripts/setup/engines.mjs'
import { type Driver, Window, type Wish } from './browser'
import { freePort, heard, openWorkshop } from './processes'

/** One command of W3C WebDriver. */
type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

const sender =
  (base: string): Send =>
  async (method, path, body) => {
    const answer = await fetch(base + path, { method, ...(body && { body: JSON.stringify(body) }) })
    const { value } = (await answer.json()) as { value: { error?: string; message?: string } | null }
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error} ${value?.message}`)
    return value
  }

/** The driver listens a moment after it was started. */
async function listening(send: Send): Promise<void> {
  for (let round = 0; ; round += 1)
    try {
      await send('GET', '/status')
      return
    } catch (thrown) {
      if (round > 200) throw thrown
      await sleep(50)
    }
}

function driverOf(send: Send, close: () => Promise<void>): Driver {
  return {
    goto: async (url) => void (await send('POST', '/url', { url })),
    run: async (code, json) => {
      const script = `return (${code}).apply(null, arguments)`
      return (await send('POST', '/execute/sync', { script, args: [json] })) as string
    },
    resize: async (width, height) => void (await send('POST', '/window/rect', { width, height })),
    picture: async () => Buffer.from((await send('GET', '/screenshot')) as string, 'base64'),
    print: () => Promise.resolve(null),
    close,
  }
}

/** Opens WebKit, nearest to Safari of what can be driven here, on a screen that is none. */
export async function openWebKit({ language }: Wish = {}): Promise<Window> {
  const found = findWebKit()
  if (!found) throw new Error('There is no WebKit here')
  const workshop = openWorkshop()
  try {
    const screen = workshop.start(
      found.screen,
      ['-displayfd', '3', '-screen', '0', '1400x1100x24', '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    )
    const display = await heard(screen, /^(\d+)\n/)
    const port = await freePort()
    workshop.start(found.driver, [`--port=${port}`], {
      env: {
        DISPLAY: `:${display}`,
        XDG_RUNTIME_DIR: workshop.home,
        // The language of the C locale is called `C` by this engine.
        LANG: 'C.UTF-8',
        ...(language && { LANGUAGE: language }),
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
        NO_AT_BRIDGE: '1',
        DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      },
    })
    const base = `http://127.0.0.1:${port}`
    await listening(sender(base))
    const options = { binary: found.browser, args: ['--automation'] }
    const { sessionId } = (await sender(base)('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
    })) as { sessionId: string }
    const send = sender(`${base}/session/${sessionId}`)
    return new Window(
      driverOf(send, async () => {
        await send('DELETE', '').catch(() => undefined)
        await workshop.close()
      }),
    )
  } catch (thrown) {
    await workshop.close()
    throw thrown
  }
}
