import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import SqliteFile from 'better-sqlite3'
import { violationsOf } from '../support/flaws'
import { PASSWORD } from '../support/samples'
import { ask, logIn, signUp } from '../support/training'
import { test } from './support/desktop-test'
import type { Desktop } from './support/launch'

const CODE = 'Kanda-2026'
const KIOSK = { args: ['--kiosk', '--training'], kioskCode: CODE }
const EMAIL = 'planted.visitor@example.jp'
/** What a visitor leaves: his name and address, what he types, and what a page may keep of it. */
const PLANTED = [
  'PLANTED-IN-LOCAL',
  'PLANTED-IN-SESSION',
  'PLANTED-IN-DATABASE',
  'PLANTED-IN-CACHE',
  'NGUYEN VAN AN',
  EMAIL,
]

const start = (page: Page) => page.getByRole('heading', { level: 1, name: 'ことばを選んでください' })
const finish = (page: Page) => page.getByRole('button', { name: '終了して消去' })
const countdown = (page: Page) => page.getByRole('alertdialog', { name: 'まだ使っていますか？' })

/** The page of the next visitor, after what `cause` brings about. */
async function nextVisitor({ page }: Pick<Desktop, 'page'>, cause: () => Promise<unknown>): Promise<Page> {
  const opened = page.context().waitForEvent('page')
  await cause()
  const next = await opened
  await expect(start(next)).toBeVisible()
  return next
}

/** A visitor signs in, copies his number, and the page keeps of him whatever a page can keep. */
async function visit(page: Page, dataDir: string): Promise<string> {
  await page.getByRole('button', { name: /^日本語/ }).click()
  const userId = await signUp(page, dataDir, EMAIL)
  await page.getByRole('main').getByRole('link', { name: 'ログイン', exact: true }).click()
  await logIn(page, userId)
  await expect(page.getByRole('banner')).toContainText('NGUYEN VAN AN')
  await page.evaluate(async () => {
    localStorage.setItem('planted', 'PLANTED-IN-LOCAL')
    sessionStorage.setItem('planted', 'PLANTED-IN-SESSION')
    await (await caches.open('planted')).put('/planted', new Response('PLANTED-IN-CACHE'))
    await new Promise<void>((done, failed) => {
      const opening = indexedDB.open('planted')
      opening.onupgradeneeded = () => void opening.result.createObjectStore('planted').put('PLANTED-IN-DATABASE', 1)
      opening.onsuccess = () => {
        opening.result.close()
        done()
      }
      opening.onerror = () => {
        failed(new Error('no database'))
      }
    })
    await navigator.clipboard.writeText('PLANTED-ON-CLIPBOARD')
  })
  return userId
}

/** Which of the planted texts lie in files of a folder, in either of the ways in which Chromium writes text. */
function foundOnDisk(folder: string): string[] {
  const found = new Set<string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name)
    const content = (() => {
      try {
        return statSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0)
      } catch {
        return Buffer.alloc(0)
      }
    })()
    for (const text of PLANTED)
      if (content.includes(text) || content.includes(Buffer.from(text, 'utf16le'))) found.add(text)
  }
  return [...found].sort()
}

/** Which of the planted texts the memory of a page holds. */
async function foundInMemory(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page)
  const chunks: string[] = []
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await devtools.send('HeapProfiler.takeHeapSnapshot')
  await devtools.detach()
  const heap = chunks.join('')
  return PLANTED.filter((text) => heap.includes(text)).sort()
}

/** How many sessions the service itself knows. */
function sessionsOf(dataDir: string): number {
  const file = new SqliteFile(join(dataDir, 'zairyu.sqlite'), { readonly: true })
  try {
    return (file.prepare('select count(*) as count from sessions').get() as { count: number }).count
  } finally {
    file.close()
  }
}

const logOf = (dataDir: string) => readFileSync(join(dataDir, 'log/zairyu.log'), 'utf8')

test('without a code it does not start, and says how to set one', async ({ launch }) => {
  await expect(launch({ args: ['--kiosk'] })).rejects.toThrow(
    /ended with 2 before[^]*A kiosk needs an admin code.*kiosk code/,
  )
})

test('is left by nothing but the code, which is looked at five times in a quarter of an hour', async ({
  launch,
  dataDir,
}) => {
  const desktop = await launch(KIOSK)
  const { page, befall, hasEnded } = desktop
  await expect(start(page)).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await befall('quit')
  await befall('close')
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  await expect(start(page)).toBeVisible()
  expect(await page.evaluate(() => window.open('/login'))).toBeNull()
  const saving = page.evaluate(() => window.zairyu?.saveFile({ name: 'a.csv', text: '' }))
  await expect(saving).rejects.toThrow('file.none')

  await page.getByRole('button', { name: '職員用' }).click()
  const dialog = page.getByRole('dialog', { name: '共用端末の終了（職員用）' })
  const code = dialog.getByLabel('管理者コード', { exact: true })
  await code.fill('Wrong-Code')
  await code.press('Enter')
  await expect(dialog.getByText('管理者コードが正しくありません。').first()).toBeVisible()
  await expect(code).toHaveValue('')
  expect(await violationsOf(page)).toEqual([])
  const tries = await page.evaluate(async () => {
    const answers: string[] = []
    for (let tries = 0; tries < 5; tries += 1)
      answers.push(JSON.stringify(await window.zairyu?.leaveKiosk('Wrong-Code')))
    return answers
  })
  expect(tries.filter((answer) => answer.includes('wrong'))).toHaveLength(4)
  expect(tries.at(-1)).toContain('limited')
  await code.fill(CODE)
  await code.press('Enter')
  await expect(dialog.getByText('まで確認できません').first()).toBeVisible()
  expect(hasEnded()).toBe(false)
  expect(logOf(dataDir)).toContain('kiosk code wrong')
  expect(logOf(dataDir)).not.toMatch(/Wrong-Code|Kanda-2026/)
})

test('staff end it by the code', async ({ launch, dataDir }) => {
  const { page, ended } = await launch(KIOSK)
  await page.getByRole('button', { name: '職員用' }).click()
  await page.getByLabel('管理者コード', { exact: true }).fill(CODE)
  await page.getByLabel('管理者コード', { exact: true }).press('Enter')
  expect(await ended()).toBe(0)
  expect(logOf(dataDir)).toContain('"why":"ended"')
})

test('after 終了して消去 nothing of the visitor is left, on disk or in the page', async ({ launch, dataDir }) => {
  const desktop = await launch(KIOSK)
  const { page } = desktop
  const userId = await visit(page, dataDir)
  expect(await foundInMemory(page)).toEqual(expect.arrayContaining(['NGUYEN VAN AN']))
  expect(foundOnDisk(join(dataDir, 'desktop'))).toEqual([])
  expect(sessionsOf(dataDir)).toBe(1)

  const next = await nextVisitor(desktop, () => finish(page).click())
  expect(sessionsOf(dataDir), 'the session has ended at the service, not only here').toBe(0)
  await expect.poll(() => page.isClosed()).toBe(true)
  expect(await foundInMemory(next)).toEqual([])
  expect(foundOnDisk(join(dataDir, 'desktop'))).toEqual([])
  expect(foundOnDisk(join(dataDir, 'log'))).toEqual([])
  expect(
    await next.evaluate(async () => ({
      local: localStorage.getItem('planted'),
      session: sessionStorage.getItem('planted'),
      caches: await caches.keys(),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    })),
  ).toEqual({ local: null, session: null, caches: [], databases: [] })
  expect((await ask(next, 'GET', '/session')).status).toBe(401)
  // What was copied cannot be pasted.
  await next.getByRole('button', { name: /^日本語/ }).click()
  await next.getByRole('main').getByRole('link', { name: 'ログイン', exact: true }).click()
  const id = next.getByLabel('利用者ID', { exact: true })
  await id.click()
  await next.keyboard.press('Control+V')
  await expect(id).toHaveValue('')
  const log = logOf(dataDir)
  expect(log).toContain('"why":"finished"')
  expect(log).not.toContain(userId)
})

test('neither what was marked nor a dump of memory outlives a visit', async ({ launch, dataDir }) => {
  const dumps = join(dataDir, 'desktop/crashes/pending')
  const plant = () => {
    mkdirSync(dumps, { recursive: true })
    writeFileSync(join(dumps, 'planted.dmp'), EMAIL)
  }
  plant()
  const desktop = await launch(KIOSK)
  test.skip(desktop.kind === 'electron', 'what is marked, and whether the reporter runs, only the stand-in says')
  expect(readdirSync(dumps), 'dumps of the time before it was a kiosk').toEqual([])
  expect(desktop.output()).not.toContain('stand-in crash reporter')
  await desktop.page.getByRole('button', { name: /^日本語/ }).click()
  plant()
  const cleared = () => desktop.output().split('stand-in selection cleared').length - 1
  const before = cleared()
  await nextVisitor(desktop, () => finish(desktop.page).click())
  expect(cleared()).toBeGreaterThan(before)
  expect(readdirSync(dumps)).toEqual([])
})

test('the usual shell keeps its dumps', async ({ launch }) => {
  const desktop = await launch()
  test.skip(desktop.kind === 'electron', 'whether the reporter runs, only the stand-in says')
  expect(desktop.output()).toContain('stand-in crash reporter')
})

test('the scan finds what the usual shell keeps', async ({ launch, dataDir }) => {
  const { page, close } = await launch()
  await page.evaluate(() => {
    localStorage.setItem('planted', 'PLANTED-IN-LOCAL')
  })
  await close()
  expect(foundOnDisk(join(dataDir, 'desktop'))).toEqual(['PLANTED-IN-LOCAL'])
})

test('asks after 90 seconds whatever the page does, stays by 続ける, and erases after 30 more', async ({
  launch,
  dataDir,
}) => {
  const desktop = await launch(KIOSK)
  const { page, befall } = desktop
  await befall({ seconds: 3_600 })
  await expect(countdown(page)).toHaveCount(0)
  await visit(page, dataDir)
  await page.mouse.click(5, 300)
  await befall({ seconds: 90 })
  await expect(countdown(page)).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(countdown(page)).toHaveCount(0)
  await befall({ seconds: 90 })
  await expect(countdown(page)).toBeVisible()
  // The page cannot hold it up: nothing of it hears of the time.
  const next = await nextVisitor(desktop, () => befall({ seconds: 30 }))
  expect(await foundInMemory(next)).toEqual([])
  expect((await ask(next, 'GET', '/session')).status).toBe(401)
  expect(logOf(dataDir)).toContain('"why":"idle"')
})

for (const [fate, why] of [
  ['crash', 'crashed'],
  ['hang', 'unresponsive'],
] as const)
  test(`a page that is ${why} gives way to a new one for the next visitor`, async ({ launch, dataDir }) => {
    const desktop = await launch(KIOSK)
    await desktop.page.getByRole('button', { name: /^日本語/ }).click()
    const userId = await signUp(desktop.page, dataDir, EMAIL)
    expect((await ask(desktop.page, 'POST', '/session', { userId, password: PASSWORD })).status).toBe(200)
    const next = await nextVisitor(desktop, () => desktop.befall(fate))
    expect((await ask(next, 'GET', '/session')).status).toBe(401)
    expect(logOf(dataDir)).toContain(`"why":"${why}"`)
  })

test('after a sleep the next visitor begins anew', async ({ launch, dataDir }) => {
  const desktop = await launch(KIOSK)
  await desktop.page.getByRole('button', { name: /^日本語/ }).click()
  const next = await nextVisitor(desktop, () => desktop.power('resume'))
  await expect(finish(next)).toBeVisible()
  expect(logOf(dataDir)).toContain('"why":"woken"')
})

test('with a service elsewhere that is away it says so, and tries again by a button', async ({ launch }) => {
  const { page } = await launch({ args: ['--kiosk', '--service', 'https://127.0.0.1:9'], kioskCode: CODE })
  await expect(start(page)).toBeVisible()
  const bar = page.getByRole('status').filter({ hasText: 'サーバーにつながりません' })
  await expect(bar).toBeVisible()
  const asked = page.waitForResponse(/\/api\/v1\/health$/)
  await bar.getByRole('button').click()
  expect((await asked).status()).toBe(503)
  await expect(bar).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})
