import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFirefox } from '../../../scripts/setup/engines.mjs'
import { type Driver, Window, type Wish } from './browser'
import { heard, openWorkshop } from './processes'

/** One command of WebDriver BiDi. */
type Send = (method: string, params?: object) => Promise<Record<string, unknown>>

/** A browser of a test asks nobody on the network, and asks nobody anything at its start. */
const preferences = (language: string | undefined): Record<string, unknown> => ({
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.region.network.url': '',
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'signon.rememberSignons': false,
  'toolkit.telemetry.enabled': false,
  'intl.accept_languages': language ?? 'ja',
})

async function connect(url: string): Promise<{ send: Send; close(): void }> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, { resolve: (reply: Record<string, unknown>) => void; reject: (why: Error) => void }>()
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { id, result, error, message } = JSON.parse(data) as {
      id?: number
      result?: Record<string, unknown>
      error?: string
      message?: string
    }
    const asked = waiting.get(id ?? -1)
    waiting.delete(id ?? -1)
    if (error) asked?.reject(new Error(`${error} ${message}`))
    else asked?.resolve(result ?? {})
  })
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has ended'))
  })
  await once(socket, 'open')
  let last = 0
  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        waiting.set((last += 1), { resolve, reject })
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    close: () => {
      socket.close()
    },
  }
}

function driverOf(send: Send, context: string, close: () => Promise<void>): Driver {
  return {
    goto: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    run: async (code, json) => {
      const { type, result, exceptionDetails } = (await send('script.callFunction', {
        target: { context },
        functionDeclaration: code,
        arguments: [{ type: 'string', value: json }],
        awaitPromise: true,
      })) as { type: string; result?: { value?: string }; exceptionDetails?: { text: string } }
      if (type !== 'success') throw new Error(exceptionDetails?.text)
      return result?.value ?? 'null'
    },
    resize: async (width, height) =>
      void (await send('browsingContext.setViewport', { context, viewport: { width, height } })),
    picture: async () =>
      Buffer.from((await send('browsingContext.captureScreenshot', { context }))['data'] as string, 'base64'),
    // A4, as in Japan; the page says its margins itself.
    print: async () => {
      const page = { width: 21, height: 29.7 }
      return Buffer.from(
        (await send('browsingContext.print', { context, page, background: true }))['data'] as string,
        'base64',
      )
    },
    close,
  }
}

/** Opens Firefox without a window, by WebDriver BiDi. */
export async function openFirefox({ language }: Wish = {}): Promise<Window> {
  const found = findFirefox()
  if (!found) throw new Error('There is no Firefox here')
  const workshop = openWorkshop()
  try {
    const lines = Object.entries(preferences(language)).map(
      ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
    )
    writeFileSync(join(workshop.home, 'user.js'), lines.join('\n'))
    const args = ['--headless', '--no-remote', '--profile', workshop.home, '--remote-debugging-port=0', 'about:blank']
    const browser = workshop.start(found, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const url = await heard(browser, /WebDriver BiDi listening on (ws:\S+)/)
    const { send, close } = await connect(`${url}/session`)
    await send('session.new', { capabilities: {} })
    const { contexts } = (await send('browsingContext.getTree')) as { contexts: { context: string }[] }
    return new Window(
      driverOf(send, contexts[0]?.context ?? '', async () => {
        close()
        await workshop.close()
      }),
    )
  } catch (thrown) {
    await workshop.close()
    throw thrown
  }
}
