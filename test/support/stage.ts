import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  request,
  test as base,
} from '@playwright/test'
import { runCli } from './cli'
import { type HostedProgram, hostProgram } from './hosted-program'
import { issue } from './journey'
import { certificateLine, PASSWORD } from './samples'
import type { Look, Screen, Who, World } from './screens'
import { training } from './training'

const STAFF_PASSWORD = 'correct horse battery'

/** The program on training data with people, certificates and mails in several states; pages of whoever is wanted. */
export interface Stage {
  /** Shows a screen, ready to be looked at; the page is the caller's to close. */
  show(screen: Screen, look: Look): Promise<Page>
  /**
   * Shows a screen as `show` does, for as long as `see` looks at it. Where a person needs to do nothing on it, the page goes on from the screen
   * that was looked at before, as by a link, and is not loaded anew; its language is changed by its own menu.
   */
  lookAt(screen: Screen, look: Look, see: (page: Page) => Promise<void>): Promise<void>
  /** The HTML of the mail with which an applicant got a certificate. */
  certificateMail(): Promise<string>
}

/** Somebody who talks to the service without a page, with cookies of his own. */
interface Caller {
  ask(method: string, path: string, data?: object): Promise<Record<string, string>>
  /** What a window of his has in its jar. */
  cookies(): ReturnType<APIRequestContext['storageState']>
}

const callerOf = (api: APIRequestContext): Caller => ({
  ask: async (method, path, data) => {
    // A connection that was not used for a while may just be closed by the service: then it is opened anew, as browsers do.
    const answer = await api.fetch(`/api/v1${path}`, { method, maxRetries: 3, ...(data && { data }) })
    expect(answer.status(), `${method} ${path}`).toBeLessThan(300)
    const text = await answer.text()
    return text === '' ? {} : (JSON.parse(text) as Record<string, string>)
  },
  cookies: () => api.storageState(),
})

type SignedIn = Record<Exclude<Who, 'visitor' | 'kiosk'>, Caller>

/** Everything that the screens are about, made as people make it. */
async function build(dataDir: string, newCaller: () => Promise<Caller>): Promise<{ world: World; people: SignedIn }> {
  const { cli, advance, mailTo } = training(dataDir)
  const anyone = await newCaller()
  const linkTo = async (screen: string, email: string) => {
    const mail = await mailTo(email)
    const link = new RegExp(`/${screen}/([\\w-]{43})`).exec(mail)?.[1]
    if (!link) throw new Error(`no link to ${screen} in: ${mail}`)
    return link
  }
  const askForRegistration = async (email: string) => {
    await anyone.ask('POST', '/registrations', { email })
    return linkTo('register', email)
  }
  const signUp = async (nameEn: string) => {
    const email = `${nameEn.toLowerCase().replaceAll(' ', '.')}@example.jp`
    const link = await askForRegistration(email)
    const form = { category: 'applicant', nameEn, phone: '08012345678' }
    const { userId = '' } = await anyone.ask('POST', `/registrations/${link}/completion`, {
      ...form,
      password: PASSWORD,
      passwordConfirmation: PASSWORD,
    })
    return { email, link, userId }
  }
  const logIn = async (userId: string) => {
    const caller = await newCaller()
    await caller.ask('POST', '/session', { userId, password: PASSWORD })
    return caller
  }
  const logInStaff = async (loginName: string, name: string, role: 'clerk' | 'admin') => {
    const words = ['staff', 'add', loginName, '--name', name, '--role', role, '--password', STAFF_PASSWORD]
    expect(await runCli([...words, '--data', dataDir])).toMatchObject({ code: 0 })
    const caller = await newCaller()
    await caller.ask('POST', '/staff/session', { loginName, password: STAFF_PASSWORD })
    return caller
  }
  const an = await signUp('NGUYEN VAN AN')
  const [newcomer, moved, forgetful] = [await signUp('LE VAN DUC'), await signUp('KIM MINJI'), await signUp('TAN WEI')]
  const numbers = ['在1番Y25071798', '在2番Y25071799', '在3番Y25071800']
  const today = async () =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(
      new Date((await anyone.ask('GET', '/health'))['now'] ?? ''),
    )
  const issuedOn = await today()
  await issue(
    dataDir,
    numbers.map((number) => certificateLine(an.userId, number, { issuedOn })),
  )
  await advance('P7DT1M')
  // Sessions begin when the clock has been moved.
  const people: SignedIn = {
    applicant: await logIn(an.userId),
    newcomer: await logIn(newcomer.userId),
    clerk: await logInStaff('hanako', '佐藤 花子', 'clerk'),
    admin: await logInStaff('ichiro', '鈴木 一郎', 'admin'),
  }
  await people.applicant.ask('POST', `/receipts/${encodeURIComponent(numbers[2] ?? '')}/registration`)
  const take = async () => {
    const { id = '' } = await people.clerk.ask('POST', '/staff/applications', {
      userId: an.userId,
      office: '東京出入国在留管理局',
    })
    await people.clerk.ask('POST', `/staff/applications/${id}/examination`)
    return id
  }
  const [application, issued] = [await take(), await take()]
  const { userId: _, ...form } = certificateLine(an.userId, '在4番Y25071801', { issuedOn: await today() })
  await people.clerk.ask('POST', `/staff/applications/${issued}/certificate`, form)
  const receiptLink = await linkTo('receipts', an.email)

  // The address of one person is changed and could be changed back; another change waits for its button.
  const mover = await logIn(moved.userId)
  const changeEmail = async (email: string) => {
    await mover.ask('POST', '/account/email-changes', { email, emailConfirmation: email })
    return linkTo('email-change', email)
  }
  await mover.ask('POST', `/email-changes/${await changeEmail('kim.new@example.jp')}/completion`)
  const emailUndo = await linkTo('email-undo', moved.email)
  const emailChange = await changeEmail('kim.newest@example.jp')

  let asked = 0
  const newResetLink = async () => {
    const caller = await newCaller()
    await caller.ask('POST', '/password-resets', { userId: forgetful.userId, email: forgetful.email })
    return linkTo('password-reset', forgetful.email)
  }
  const mails = (await cli('mail', 'list')) as { id: string }[]
  return {
    people,
    world: {
      announcement: 'sender-domain',
      register: await askForRegistration('le.thi.be@example.jp'),
      usedLink: an.link,
      reset: await newResetLink(),
      emailChange,
      emailUndo,
      receiptLink,
      number: numbers[0] ?? '',
      application,
      issued,
      mail: mails[1]?.id ?? '',
      newRegisterLink: async () => askForRegistration(`reader${(asked += 1)}@example.jp`),
      newResetLink,
    },
  }
}

/** Opens a program on data of its own, and closes it with all that `closing` holds. */
async function openProgram(
  closing: (() => Promise<unknown>)[],
  args: string[],
): Promise<HostedProgram & { dataDir: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-screens-'))
  const program = await hostProgram({ dataDir, args: ['--training', ...args] })
  closing.push(async () => {
    await program.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...program, dataDir }
}

/** A page that goes from screen to screen, with what it shows. */
interface LivingPage {
  page: Page
  route: string
  look: Look
}

const hasReadings = ({ language, furigana }: Look) => language === 'ja' && furigana === true

/** Whether a page can go on to a screen without being loaded: to another route, and to a language that is told from the last one by its code. */
const canGoOn = (living: LivingPage, screen: Screen, look: Look) =>
  living.route !== screen.route && ![living.look.language, look.language].includes('ja-easy')

/** Chooses language and readings by the controls of the page. */
async function chooseLanguage(page: Page, look: Look): Promise<void> {
  await page.getByLabel('Language').first().selectOption(look.language)
  const root = page.locator('html')
  await expect(root).toHaveAttribute('lang', look.language)
  const wanted = hasReadings(look) ? 'on' : 'off'
  if (look.language === 'ja' && (await root.getAttribute('data-furigana')) !== wanted)
    await page.locator('.language ~ .switch').first().click()
  await expect(root).toHaveAttribute('data-furigana', wanted)
}

/** Leads a page to another screen, whose heading is then a new one. */
async function goOn(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    for (const heading of document.querySelectorAll('main h1')) heading.setAttribute('data-left', '')
    history.pushState(null, '', path)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
  await page.locator('main h1:not([data-left])').first().waitFor()
}

/** The screen of a page stands there with what it asks the service for, in its letters. */
async function isDrawn(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  await expect(page.locator('main [aria-busy=true], main .spinner')).toHaveCount(0)
}

async function openStage(browser: Browser, closing: (() => Promise<unknown>)[]): Promise<Stage> {
  const { url, dataDir } = await openProgram(closing, [])
  const newCaller = async () => {
    const api = await request.newContext({ baseURL: url })
    closing.unshift(() => api.dispose())
    return callerOf(api)
  }
  const { world, people } = await build(dataDir, newCaller)
  let kiosk: Promise<HostedProgram> | undefined
  const openContext = async (who: Who): Promise<BrowserContext> =>
    browser.newContext({
      locale: 'ja-JP',
      reducedMotion: 'reduce',
      ...(who in people && { storageState: await people[who as keyof SignedIn].cookies() }),
    })
  const shared = new Map<Who, Promise<BrowserContext>>()
  // Who has looked on for long is still there.
  const stay = async (who: Who) => {
    if (who in people)
      await people[who as keyof SignedIn].ask(
        'POST',
        /clerk|admin/.test(who) ? '/staff/session/extension' : '/session/extension',
      )
  }
  const living = new Map<Who, LivingPage>()
  const stage: Stage = {
    certificateMail: async () => (await training(dataDir).letterTo('nguyen.van.an@example.jp')).html,
    show: async (screen, look) => {
      await stay(screen.who)
      // Whoever types gets a window of his own, so that nothing typed before is in it; others share what is in the cache.
      const own = screen.act ? await openContext(screen.who) : undefined
      if (!own && !shared.has(screen.who)) shared.set(screen.who, openContext(screen.who))
      const page = await (own ?? ((await shared.get(screen.who)) as BrowserContext)).newPage()
      page.once('close', () => void own?.close())
      const [language, easy] = look.language === 'ja-easy' ? (['ja', 'on'] as const) : ([look.language, null] as const)
      const furigana = look.furigana ? 'on' : null
      await page.addInitScript(
        (kept) => {
          for (const [name, value] of Object.entries(kept))
            if (value === null) localStorage.removeItem(`zairyu.${name}`)
            else localStorage.setItem(`zairyu.${name}`, value)
        },
        { language, scheme: look.scheme, furigana, 'easy-japanese': easy },
      )
      await page.setViewportSize({ width: look.width, height: 900 })
      if (screen.who === 'kiosk') kiosk ??= openProgram(closing, ['--kiosk'])
      const origin = screen.who === 'kiosk' ? (await kiosk)?.url : url
      await page.goto(`${origin}${await screen.path(world)}`)
      await isDrawn(page)
      if (screen.act) {
        await screen.act(page, look)
        await isDrawn(page)
      }
      await page.evaluate(() => document.fonts.ready)
      return page
    },
    lookAt: async (screen, look, see) => {
      if (screen.act || screen.who === 'kiosk') {
        const page = await stage.show(screen, look)
        await see(page)
        return page.close()
      }
      const before = living.get(screen.who)
      // What goes wrong on it goes wrong for one screen only; the page stays for the picture of it.
      living.delete(screen.who)
      const goesOn = before !== undefined && canGoOn(before, screen, look)
      if (before && !goesOn) await before.page.close()
      const page = goesOn ? before.page : await stage.show(screen, look)
      if (goesOn) {
        await stay(screen.who)
        await restyle(page, look)
        await chooseLanguage(page, look)
        await goOn(page, await screen.path(world))
        await isDrawn(page)
        await page.evaluate(() => document.fonts.ready)
      }
      await see(page)
      living.set(screen.who, { page, route: screen.route, look })
    },
  }
  return stage
}

/** Another scheme and width of a screen that is shown: neither needs it to be loaded anew. */
export async function restyle(page: Page, { scheme, width }: Pick<Look, 'scheme' | 'width'>): Promise<Page> {
  await page.setViewportSize({ width, height: 900 })
  await page.evaluate((wanted) => (document.documentElement.dataset['scheme'] = wanted), scheme)
  return page
}

/** Tests that look at screens; the stage is built once a worker. */
export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ browser }, use) => {
      const closing: (() => Promise<unknown>)[] = []
      await use(await openStage(browser, closing))
      for (const close of closing) await close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
