import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFirefox, findWebKit } from '../../scripts/setup/engines.mjs'
import { PASSWORD } from '../support/samples'
import type { Window } from './support/browser'
import { openFirefox } from './support/firefox'
import { openWebKit } from './support/webkit'
import { buildWorld, EMAIL, NAME, NUMBER, STAFF, type World } from './support/world'

/** Where pictures are wanted (`ZAIRYU_PICTURES=1`) they lie here. */
const PICTURES = join(import.meta.dirname, '../../.cache/engines')

let world: World
beforeAll(async () => {
  world = await buildWorld()
}, 120_000)
afterAll(() => world?.close())

const ENGINES = [
  {
    engine: 'WebKit',
    isHere: () => findWebKit() !== null,
    lack: 'needs webkit2gtk-driver and xvfb (Debian, installed by npm test as root)',
    open: openWebKit,
    /** Safari keeps pages that must not be stored for Back, too. */
    keepsPages: true,
    canPrint: false,
  },
  {
    engine: 'Firefox',
    isHere: () => findFirefox() !== null,
    lack: 'needs Firefox (installed by npm test as root on Debian)',
    open: openFirefox,
    keepsPages: false,
    canPrint: true,
  },
]

/** The session of the test before is over. */
async function leaveAll(window: Window): Promise<void> {
  await window.goto(`${world.url}/`)
  for (const session of ['session', 'staff/session'])
    await window.ask((path) => fetch(`/api/v1/${path}`, { method: 'DELETE' }).then(({ ok }) => ok), session)
}

async function logIn(window: Window): Promise<void> {
  await leaveAll(window)
  await window.goto(`${world.url}/login`)
  await window.heading('利用者ログイン')
  await window.fill('利用者ID', world.userId)
  await window.fill('パスワード', PASSWORD)
  await window.press('ログイン')
}

async function logInStaff(window: Window): Promise<void> {
  await leaveAll(window)
  await window.goto(`${world.url}/staff/login`)
  await window.heading('職員ログイン')
  await window.fill('ログイン名', STAFF.loginName)
  await window.fill('パスワード', STAFF.password)
  await window.press('ログイン')
}

/** From now on the page itself writes down whether words can be seen on it, at every frame after it was shown again. */
const watchFor = (window: Window, words: string) =>
  window.ask((wanted) => {
    const seen: string[] = []
    const look = () => {
      if (document.body.innerText.includes(wanted)) seen.push(location.pathname)
      requestAnimationFrame(look)
    }
    addEventListener('pageshow', look)
    Object.assign(globalThis, { seen })
  }, words)

/** Back over two screens, to the page that was left; what was seen there meanwhile. */
async function goBack(window: Window, heading: string): Promise<{ wasKept: boolean; seen: string[] }> {
  await window.ask(() => {
    Object.assign(globalThis, { isAfter: true })
    history.go(-2)
  })
  await window.until('The page before', () => !('isAfter' in globalThis))
  await window.heading(heading)
  return window.ask(() => ({
    wasKept: 'isLeft' in globalThis,
    seen: (globalThis as { seen?: string[] }).seen ?? [],
  }))
}

describe.each(ENGINES.filter(({ isHere }) => !isHere()))('in $engine', ({ lack }) => {
  it('the program is tried', (context) => {
    context.skip(lack)
  })
})

describe.each(ENGINES.filter(({ isHere }) => isHere()))('in $engine', ({ engine, open, keepsPages, canPrint }) => {
  let page: Window
  beforeAll(async () => {
    page = await open()
  })
  afterAll(() => page?.driver.close())

  it.each([
    { path: '/', heading: 'トップページ' },
    { path: '/login', heading: '利用者ログイン' },
    { path: '/staff/login', heading: '職員ログイン' },
    { path: '/verify', heading: '証明書の確認' },
    { path: '/receipts', heading: '利用者ログイン' },
  ])('$path is shown when it is opened directly', async ({ path, heading }) => {
    await page.goto(world.url + path)
    await page.heading(heading)
  })

  it('nothing that the page puts off is missing in the end', async () => {
    await page.goto(`${world.url}/`)
    await page.heading('トップページ')
    // The language of the C locale, by which a page came to be empty.
    if (keepsPages) expect(await page.ask(() => navigator.languages)).toEqual(['C'])
    await page.until('The check of certificates', () =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/VerificationScreen-')),
    )
    await page.until('The watch over the session', () =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/LogoutWatch-')),
    )
  })

  it('a registration begins', async () => {
    await page.goto(`${world.url}/register`)
    await page.press('同意する')
    await page.heading('メールアドレス入力')
    await page.fill('メールアドレスを入力してください', 'le.thi.be@example.jp')
    await page.fill('メールアドレス（確認用）を入力してください', 'le.thi.be@example.jp')
    await page.press('登録する')
    await page.heading('メール送信完了')
  })

  it('after the logout, Back shows nothing of the applicant, not for a moment', async () => {
    await logIn(page)
    await page.heading('受領登録一覧')
    await page.press('マイページ')
    await page.heading('マイページ')
    await page.until('The name', (name) => document.body.innerText.includes(name), NAME)
    await watchFor(page, NAME)
    await page.leaveFor('/procedures', '手続き検索')
    await page.press('ログアウト')
    await page.heading('利用者ログアウト確認')
    await page.press('ログアウトする')
    await page.heading('トップページ')
    const { wasKept, seen } = await goBack(page, '利用者ログイン')
    expect({ wasKept, seen }).toEqual({ wasKept: keepsPages, seen: [] })
    expect(await page.reads()).not.toContain(NAME)
  })

  it('as long as the applicant is signed in, Back shows what was there', async () => {
    await logIn(page)
    await page.heading('受領登録一覧')
    await page.press('マイページ')
    await page.heading('マイページ')
    await page.leaveFor('/procedures', '手続き検索')
    await page.ask(() => {
      Object.assign(globalThis, { isAfter: true })
      history.back()
    })
    await page.until('The page before', () => !('isAfter' in globalThis))
    await page.until('The name', (name) => document.body.innerText.includes(name), NAME)
  })

  it('after the logout, Back shows nothing of the outbox of staff, not for a moment', async () => {
    await logInStaff(page)
    await page.heading('申請一覧')
    await page.goto(`${world.url}/staff/admin/mails`)
    await page.heading('送信箱')
    await page.until('The address', (email) => document.body.innerText.includes(email), EMAIL)
    await watchFor(page, EMAIL)
    await page.leaveFor('/staff/import', '証明書の取込')
    await page.press('ログアウト')
    await page.heading('職員ログイン')
    const { wasKept, seen } = await goBack(page, '職員ログイン')
    expect({ wasKept, seen }).toEqual({ wasKept: keepsPages, seen: [] })
    expect(await page.reads()).not.toContain(EMAIL)
    expect(await page.reads()).not.toContain('ログアウトしました')
  })

  if (canPrint)
    it('certificate, slip and card are one sheet of paper each', async () => {
      await logIn(page)
      await page.heading('受領登録一覧')
      const sheets: Record<string, number | null> = {}
      const print = async (path: string, heading: string) => {
        await page.goto(world.url + path)
        await page.heading(heading)
        await page.until('The paper', () => document.querySelector('.sheet, .paper') !== null)
        sheets[path.replace(/.*\//, '')] = await page.sheets()
      }
      await print(`/receipts/${encodeURIComponent(NUMBER)}/certificate`, '在留資格認定証明書')
      await logInStaff(page)
      await page.heading('申請一覧')
      await print(`/staff/applications/${world.application}/slip`, '')
      await print(`/staff/applications/${world.application}/card`, '')
      expect(sheets).toEqual({ certificate: 1, slip: 1, card: 1 })
    })

  if (process.env['ZAIRYU_PICTURES'])
    it('pictures of what was tried are there to be looked at', async () => {
      mkdirSync(PICTURES, { recursive: true })
      await logIn(page)
      await page.heading('受領登録一覧')
      for (const [language, scheme, width] of [
        ['ja', 'standard', 1280],
        ['vi', 'black', 320],
        ['ja', 'black', 320],
        ['vi', 'standard', 1280],
      ] as const) {
        await page.driver.resize(width, 900)
        await page.ask(
          (one, other) => {
            localStorage.setItem('zairyu.language', one)
            localStorage.setItem('zairyu.scheme', other)
          },
          language,
          scheme,
        )
        for (const path of ['/', '/my-page', '/my-page/data', '/staff/login']) {
          await page.goto(world.url + path)
          await page.until(
            'The screen',
            () => document.querySelector('main h1') !== null && !document.querySelector('main .spinner'),
          )
          await page.ask(() => document.fonts.status)
          const name = `${engine}-${path.replaceAll('/', '_')}-${language}-${scheme}-${width}.png`
          writeFileSync(join(PICTURES, name), await page.driver.picture())
        }
      }
    })
})
