import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { it } from 'vitest'
import { CHROMIUM_ARGS, chromiumExecutable } from '../support/chromium'
import { cleanEnvironment } from '../support/program'
import { medians, report } from './measure'

const ROOT = join(import.meta.dirname, '../..')
const REGISTER = new URL('../desktop/stand-in/register.mjs', import.meta.url).href
/** With a word on it: a page without content is never painted for the first time. */
const BLANK = 'data:text/html,<title>blank</title><p>blank'

/** Waits until the page has drawn its first content. */
async function painted(browser: Browser): Promise<void> {
  const page = browser.contexts()[0]?.pages()[0]
  await page?.waitForFunction(
    () => location.href !== 'about:blank' && performance.getEntriesByName('first-contentful-paint').length > 0,
    undefined,
    { polling: 5 },
  )
}

/** Starts a program that shows a page in Chromium, and ends it once the page has been drawn for the first time. */
async function startToPaint(command: string, args: string[], address: RegExp): Promise<void> {
  const child = spawn(command, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const found = new Promise<string>((resolve) => {
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const there = address.exec(said)?.[1]
        if (there) resolve(there)
      })
  })
  const browser = await chromium.connectOverCDP(await found, { noDefaults: true })
  await painted(browser)
  await browser.close()
  child.kill('SIGKILL')
  await ended
}

it('from the start to the first paint of the desktop program on the stand-in, to a blank page in the same Chromium', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-paint-'))
  try {
    const found = await medians(
      {
        blank: () =>
          startToPaint(
            chromiumExecutable(),
            [...CHROMIUM_ARGS, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}/blank`, BLANK],
            /DevTools listening on (\S+)/,
          ),
        shell: () =>
          startToPaint(
            process.execPath,
            [
              ...['--disable-warning=ExperimentalWarning', '--import', REGISTER],
              ...[join(ROOT, 'out/main/index.js'), '--data', join(folder, 'data')],
            ],
            /^stand-in devtools (\S+)$/m,
          ),
      },
      { samples: 5 },
    )
    report('start to first paint, desktop on the stand-in', found.shell, 'Chromium with a blank page', found.blank)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
