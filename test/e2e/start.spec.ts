import { chromium, expect, type Page, test as base } from '@playwright/test'
import { hasBrought } from '../support/arrived'
import { CHROMIUM_ARGS, chromiumExecutable } from '../support/chromium'
import { EVERYTHING } from '../support/everything'
import { violationsOf } from '../support/flaws'
import { withTrainingProgram } from '../support/hosted-program'
import { logIn, signUpAt } from '../support/training'

/** The program on training data of its own, with an applicant; one for all tests of a worker, none of which changes it. */
const test = base.extend<object, { program: { url: string; dataDir: string; userId: string } }>({
  program: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern
    async ({}, use) => {
      await withTrainingProgram(async ({ url, dataDir }) => {
        await use({ url, dataDir, userId: await signUpAt(url, dataDir) })
      })
    },
    { scope: 'worker' },
  ],
})
const heading = (page: Page, name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

/** What a browser may lack, each as it is met: gone, or there and refusing. The walk needs none of it. */
const MISSING: Record<string, () => void> = {
  requestIdleCallback: () => {
    Reflect.deleteProperty(window, 'requestIdleCallback')
  },
  BroadcastChannel: () => {
    Reflect.deleteProperty(window, 'BroadcastChannel')
  },
  'BroadcastChannel, refused': () => {
    window.BroadcastChannel = function refused() {
      throw new DOMException('refused', 'SecurityError')
    } as unknown as typeof BroadcastChannel
  },
  'crypto.subtle': () => {
    Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })
  },
  'crypto.randomUUID': () => {
    Reflect.deleteProperty(Crypto.prototype, 'randomUUID')
  },
  'navigator.locks': () => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined })
  },
  'navigator.clipboard': () => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })
  },
  'navigator.serviceWorker': () => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })
  },
  'navigator.languages': () => {
    Object.defineProperty(Navigator.prototype, 'languages', { value: undefined })
  },
  'localStorage, refused': () => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError')
      },
    })
  },
  localStorage: () => {
    Object.defineProperty(window, 'localStorage', { value: null })
  },
  'room in localStorage': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  },
  'sessionStorage, refused': () => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError')
      },
    })
  },
  indexedDB: () => {
    Object.defineProperty(window, 'indexedDB', { value: undefined })
  },
  structuredClone: () => {
    Reflect.deleteProperty(window, 'structuredClone')
  },
  matchMedia: () => {
    Object.defineProperty(window, 'matchMedia', { value: undefined })
  },
  ResizeObserver: () => {
    Reflect.deleteProperty(window, 'ResizeObserver')
  },
  IntersectionObserver: () => {
    Reflect.deleteProperty(window, 'IntersectionObserver')
  },
  'CSS.supports': () => {
    Object.defineProperty(window, 'CSS', { value: undefined })
  },
  'AbortSignal.timeout': () => {
    Reflect.deleteProperty(AbortSignal, 'timeout')
  },
  'Promise.withResolvers': () => {
    Reflect.deleteProperty(Promise, 'withResolvers')
  },
  'performance.timeOrigin': () => {
    Object.defineProperty(Performance.prototype, 'timeOrigin', { value: undefined })
  },
  'Intl.DisplayNames': () => {
    Reflect.deleteProperty(Intl, 'DisplayNames')
  },
  'Intl.Segmenter': () => {
    Reflect.deleteProperty(Intl, 'Segmenter')
  },
  'Intl.RelativeTimeFormat': () => {
    Reflect.deleteProperty(Intl, 'RelativeTimeFormat')
  },
  'Intl.ListFormat': () => {
    Reflect.deleteProperty(Intl, 'ListFormat')
  },
  'Intl.PluralRules': () => {
    Reflect.deleteProperty(Intl, 'PluralRules')
  },
  'Intl.Locale': () => {
    Reflect.deleteProperty(Intl, 'Locale')
  },
}

/** `npm run test:all` takes each away in its turn; `npm test` those that were once needed, and what has nothing to do with another together. */
const ALONE = [
  'requestIdleCallback',
  'BroadcastChannel',
  'localStorage, refused',
  'matchMedia',
  'Promise.withResolvers',
]
const names = Object.keys(MISSING)
const others = names.filter((name) => !ALONE.includes(name))
const TAKEN = EVERYTHING
  ? names.map((name) => [name])
  : [...ALONE.map((name) => [name]), ...[0, 1, 2].map((place) => others.filter((_, nth) => nth % 3 === place))]

for (const taken of TAKEN)
  test(`without ${taken.join(', ')} the page begins, its reader logs in, a logout elsewhere is noticed, and a failure is told`, async ({
    page,
    program,
  }) => {
    for (const name of taken) await page.addInitScript(MISSING[name] as () => void)
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    await page.goto(program.url)
    await heading(page, 'トップページ')
    await page.goto(`${program.url}/login`)
    await logIn(page, program.userId)
    await heading(page, '受領登録一覧')
    await page.getByRole('banner').getByRole('link', { name: 'マイページ' }).click()
    await heading(page, 'マイページ')
    // What watches over the session waits for nothing.
    await expect
      .poll(() =>
        page.evaluate(() =>
          performance.getEntriesByType('resource').some(({ name }) => name.includes('/LogoutWatch-')),
        ),
      )
      .toBe(true)
    await page.context().request.delete(`${program.url}/api/v1/session`)
    await expect(async () => {
      await page.evaluate(() => dispatchEvent(new Event('focus')))
      await expect(page.getByRole('heading', { level: 1, name: '利用者ログイン' })).toBeVisible({ timeout: 2_000 })
    }).toPass()
    await hasBrought(page, 'FailureScreen')
    await page.route('**/assets/ContactScreen-*.js', (route) => route.abort())
    await page.getByRole('contentinfo').getByRole('link', { name: 'お問い合わせ先' }).click()
    await heading(page, '画面を読み込めません')
    expect(thrown).toEqual([])
  })

for (const language of ['en-US@posix', 'C', 'zh_TW.UTF-8'])
  test(`a browser whose language is ${language} shows the page`, async ({ program }) => {
    const browser = await chromium.launch({
      executablePath: chromiumExecutable(),
      args: [...CHROMIUM_ARGS, `--accept-lang=${language}`],
    })
    try {
      // As the browser itself has it, and not as the other tests want it.
      const page = await browser.newPage({ locale: undefined })
      await page.goto(program.url)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await page.evaluate(() => navigator.language)).toBe(language.replace('_', '-'))
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(language.startsWith('en') ? 'en' : 'ja')
    } finally {
      await browser.close()
    }
  })

const BROKEN: Record<string, string> = {
  'throws when it is read': 'throw new Error("broken")',
  'cannot be read': 'const = 1',
  'is not there': '',
}
for (const [what, script] of Object.entries(BROKEN))
  test(`a program that ${what} says so in the language of its reader`, async ({ page, program }) => {
    await page.addInitScript(() => {
      localStorage.setItem('zairyu.language', 'vi')
      localStorage.setItem('zairyu.scheme', 'black')
    })
    let away = true
    await page.route('**/assets/first-*.js', (route) => {
      if (!away) return route.continue()
      return script ? route.fulfill({ contentType: 'text/javascript', body: script }) : route.fulfill({ status: 404 })
    })
    await page.goto(program.url)
    await heading(page, 'Không mở được màn hình')
    await expect(page).toHaveTitle('Không mở được màn hình')
    expect(await page.evaluate(() => document.documentElement.dataset['scheme'])).toBe('black')
    expect(await violationsOf(page)).toEqual([])
    away = false
    await page.getByRole('button', { name: 'Mở lại' }).click()
    await heading(page, 'Trang chủ')
  })

test('the page begins although its first script did not come', async ({ page, program }) => {
  await page.route('**/assets/before-start-*.js', (route) => route.abort())
  await page.goto(program.url)
  await heading(page, 'トップページ')
  // Whatever it brings by itself has come.
  await hasBrought(page, 'FailureScreen')
  await page.route('**/assets/{ContactScreen,FailureScreen}-*.js', (route) => route.abort())
  await page.getByRole('contentinfo').getByRole('link', { name: 'お問い合わせ先' }).click()
  await heading(page, '画面を読み込めません')
})
