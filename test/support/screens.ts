import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { runCli } from './cli'
import { issue } from './journey'
import { startProgram } from './program'
import { certificateLine } from './samples'
import { ask, PASSWORD, signUp, training } from './training'

const STAFF_PASSWORD = 'correct horse battery'
const EMAIL = 'nguyen.van.an@example.jp'

/** Who stands before a screen. */
export const PEOPLE = ['visitor', 'applicant', 'clerk', 'admin'] as const
export type Who = (typeof PEOPLE)[number]

/** The four schemes, and the widths of a phone and of a desktop. */
export const SCHEMES = ['standard', 'blue', 'yellow', 'black'] as const
export const WIDTHS = [320, 1280] as const

/** Paths of the world that a screen is about. */
interface World {
  announcement: string
  register: string
  reset: string
  number: string
  application: string
  issued: string
  mail: string
}

/** A screen in a state that a person can bring it into. */
export interface Screen {
  name: string
  who: Who
  path(world: World): string
  /** What the person does once it is shown; for states that are not there at first. */
  act?(page: Page): Promise<void>
}

const part = encodeURIComponent
const at =
  (path: string): Screen['path'] =>
  () =>
    path
const submit = (page: Page) => page.locator('main form [type=submit]').first().click()

/** Every screen of the program, most of them as they are first seen, some in the states in which they are read with most care. */
export const SCREENS: readonly Screen[] = [
  { name: 'top', who: 'visitor', path: at('/') },
  { name: 'announcements', who: 'visitor', path: at('/announcements') },
  { name: 'announcement', who: 'visitor', path: ({ announcement }) => `/announcements/${announcement}` },
  { name: 'procedures', who: 'visitor', path: at('/procedures') },
  { name: 'contact', who: 'visitor', path: at('/contact') },
  { name: 'about', who: 'visitor', path: at('/about') },
  { name: 'terms', who: 'visitor', path: at('/register') },
  { name: 'register-email', who: 'visitor', path: at('/register/email') },
  { name: 'register-email-errors', who: 'visitor', path: at('/register/email'), act: submit },
  { name: 'register', who: 'visitor', path: ({ register }) => `/register/${register}` },
  {
    name: 'register-errors',
    who: 'visitor',
    path: ({ register }) => `/register/${register}`,
    act: async (page) => {
      await page.locator('input[type=radio]').nth(2).check()
      await submit(page)
    },
  },
  { name: 'register-nothing', who: 'visitor', path: at('/register/complete') },
  { name: 'code', who: 'visitor', path: at('/code') },
  { name: 'forgot-id', who: 'visitor', path: at('/forgot-id') },
  { name: 'forgot-password', who: 'visitor', path: at('/forgot-password') },
  { name: 'password-reset', who: 'visitor', path: ({ reset }) => `/password-reset/${reset}` },
  { name: 'login', who: 'visitor', path: at('/login') },
  {
    name: 'login-wrong',
    who: 'visitor',
    path: at('/login'),
    act: async (page) => {
      await page.locator('main input').first().fill('K7RM2XQ9PA')
      await page.locator('main input').nth(1).fill('Falsch-2026x')
      await submit(page)
      await page.locator('[aria-invalid]').first().waitFor()
    },
  },
  { name: 'verify', who: 'visitor', path: at('/verify') },
  { name: 'nowhere', who: 'visitor', path: at('/no/such/screen') },
  { name: 'receipts', who: 'applicant', path: at('/receipts') },
  {
    name: 'receipt-dialog',
    who: 'applicant',
    path: at('/receipts'),
    act: async (page) => {
      await page.locator('main td button').first().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'certificate', who: 'applicant', path: ({ number }) => `/receipts/${part(number)}/certificate` },
  { name: 'applications', who: 'applicant', path: at('/applications') },
  { name: 'my-page', who: 'applicant', path: at('/my-page') },
  { name: 'details', who: 'applicant', path: at('/my-page/details') },
  { name: 'email-change', who: 'applicant', path: at('/my-page/email') },
  { name: 'password-change', who: 'applicant', path: at('/my-page/password') },
  { name: 'details-change', who: 'applicant', path: at('/my-page/change') },
  { name: 'activity', who: 'applicant', path: at('/my-page/activity') },
  { name: 'mail-check', who: 'applicant', path: at('/my-page/mail-check') },
  { name: 'data', who: 'applicant', path: at('/my-page/data') },
  { name: 'logout', who: 'applicant', path: at('/logout') },
  { name: 'staff-login', who: 'visitor', path: at('/staff/login') },
  { name: 'work-list', who: 'clerk', path: at('/staff') },
  { name: 'intake', who: 'clerk', path: at('/staff/applications/new') },
  { name: 'application', who: 'clerk', path: ({ issued }) => `/staff/applications/${issued}` },
  { name: 'issue', who: 'clerk', path: ({ application }) => `/staff/applications/${application}/issue` },
  { name: 'reissue', who: 'clerk', path: ({ issued }) => `/staff/applications/${issued}/reissue` },
  { name: 'slip', who: 'clerk', path: ({ issued }) => `/staff/applications/${issued}/slip` },
  { name: 'card', who: 'clerk', path: ({ issued }) => `/staff/applications/${issued}/card` },
  { name: 'import', who: 'clerk', path: at('/staff/import') },
  { name: 'numbers', who: 'admin', path: at('/staff/admin') },
  { name: 'announcement-list', who: 'admin', path: at('/staff/admin/announcements') },
  { name: 'announcement-edit', who: 'admin', path: at('/staff/admin/announcements/new') },
  { name: 'people', who: 'admin', path: at('/staff/admin/people') },
  { name: 'mail-settings', who: 'admin', path: at('/staff/admin/mail-settings') },
  { name: 'outbox', who: 'admin', path: at('/staff/admin/mails') },
  { name: 'outbox-mail', who: 'admin', path: ({ mail }) => `/staff/admin/mails/${mail}` },
  { name: 'audit', who: 'admin', path: at('/staff/admin/audit') },
]

/** How a screen is looked at. */
export interface Look {
  language: string
  scheme: (typeof SCHEMES)[number]
  width: number
  furigana?: boolean
}

/** The program on training data with people, certificates and mails in several states; pages of whoever is wanted. */
export interface Stage {
  url: string
  /** Shows a screen, ready to be looked at; the page is the caller's to close. */
  show(screen: Screen, look: Look): Promise<Page>
  close(): Promise<void>
}

async function build(page: Page, url: string, dataDir: string): Promise<World & { userId: string }> {
  const { cli, advance, mailTo } = training(dataDir)
  await page.goto(url)
  const userId = await signUp(page, dataDir, EMAIL)
  for (const [name, role] of [
    ['hanako', 'clerk'],
    ['ichiro', 'admin'],
  ] as const)
    expect(
      await runCli([
        ...['staff', 'add', name, '--name', '佐藤 花子', '--role', role, '--password', STAFF_PASSWORD],
        ...['--data', dataDir],
      ]),
    ).toMatchObject({ code: 0 })
  const now = (await ask(page, 'GET', '/health')).body['now'] ?? ''
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(now))
  const lines = ['在1番Y25071798', '在2番Y25071799', '在3番Y25071800']
  await issue(
    dataDir,
    lines.map((number) => certificateLine(userId, number, { issuedOn: today })),
  )
  await advance('P7DT1M')
  expect((await ask(page, 'POST', '/session', { userId, password: PASSWORD })).status).toBe(200)
  await ask(page, 'POST', `/receipts/${part(lines[2] ?? '')}/registration`)
  await ask(page, 'DELETE', '/session')
  expect((await ask(page, 'POST', '/staff/session', { loginName: 'hanako', password: STAFF_PASSWORD })).status).toBe(
    200,
  )
  const take = async () => {
    const taken = await ask(page, 'POST', '/staff/applications', { userId, office: '東京出入国在留管理局' })
    const id = taken.body['id'] ?? ''
    expect((await ask(page, 'POST', `/staff/applications/${id}/examination`)).status).toBeLessThan(300)
    return id
  }
  const [application, issued] = [await take(), await take()]
  const { userId: _, ...form } = certificateLine(userId, '在4番Y25071801', { issuedOn: today })
  expect((await ask(page, 'POST', `/staff/applications/${issued}/certificate`, form)).status).toBeLessThan(300)
  await ask(page, 'DELETE', '/staff/session')
  expect((await ask(page, 'POST', '/registrations', { email: 'le.thi.be@example.jp' })).status).toBe(202)
  const register = /\/register\/([\w-]{43})/.exec(await mailTo('le.thi.be@example.jp'))?.[1] ?? ''
  expect((await ask(page, 'POST', '/password-resets', { userId, email: EMAIL })).status).toBe(202)
  const reset = /\/password-reset\/([\w-]{43})/.exec(await mailTo(EMAIL))?.[1] ?? ''
  const mails = (await cli('mail', 'list')) as { id: string }[]
  return {
    announcement: 'sender-domain',
    register,
    reset,
    number: lines[0] ?? '',
    application,
    issued,
    mail: mails[1]?.id ?? '',
    userId,
  }
}

/** Opens the stage; whoever opened it closes it. */
export async function openStage(browser: Browser): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-screens-'))
  const program = await startProgram({ dataDir, args: ['--training'] })
  const contexts = new Map<Who, BrowserContext>()
  const page = await browser.newPage()
  const { userId, ...world } = await build(page, program.url, dataDir)
  await page.context().close()
  const contextOf = async (who: Who): Promise<BrowserContext> => {
    const known = contexts.get(who)
    if (known) return known
    const context = await browser.newContext({ locale: 'ja-JP', reducedMotion: 'reduce' })
    contexts.set(who, context)
    if (who !== 'visitor') {
      const first = await context.newPage()
      await first.goto(program.url)
      const signedIn =
        who === 'applicant'
          ? await ask(first, 'POST', '/session', { userId, password: PASSWORD })
          : await ask(first, 'POST', '/staff/session', {
              loginName: who === 'clerk' ? 'hanako' : 'ichiro',
              password: STAFF_PASSWORD,
            })
      expect(signedIn.status).toBe(200)
      await first.close()
    }
    return context
  }
  return {
    url: program.url,
    show: async (screen, { language, scheme, width, furigana = false }) => {
      const page = await (await contextOf(screen.who)).newPage()
      await page.addInitScript(
        (kept) => {
          for (const [name, value] of Object.entries(kept))
            if (value === null) localStorage.removeItem(`zairyu.${name}`)
            else localStorage.setItem(`zairyu.${name}`, value)
        },
        { language, scheme, furigana: furigana ? 'on' : null },
      )
      await page.setViewportSize({ width, height: 900 })
      await page.goto(program.url + screen.path(world))
      await page.locator('main h1').first().waitFor()
      await expect(page.locator('main [aria-busy=true], main .spinner')).toHaveCount(0)
      await screen.act?.(page)
      await page.evaluate(() => document.fonts.ready)
      return page
    },
    close: async () => {
      for (const context of contexts.values()) await context.close()
      await program.kill()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
