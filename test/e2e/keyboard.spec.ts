import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test } from '../support/chapters/browser-lesson'
import { issue } from '../support/journey'
import { certificateLine, PASSWORD } from '../support/samples'
import { training } from '../support/training'

const EMAIL = 'an.delacruz@example.jp'
const NUMBER = '在1番Y25071798'

const folder = join(import.meta.dirname, '../../resources/locales/tl')
const tagalog = Object.assign(
  {},
  ...globSync('*.json', { cwd: folder }).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object),
) as Record<string, string>
const say = (key: string) => tagalog[key] ?? key

/** What has the focus: its accessible name, and whether a person sees that it has it. */
async function focused(page: Page) {
  return page.evaluate(() => {
    const one = document.activeElement
    if (!(one instanceof HTMLElement) || one === document.body) return null
    const labelled = (one.getAttribute('aria-labelledby') ?? '')
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ')
    const label =
      one instanceof HTMLInputElement || one instanceof HTMLSelectElement ? (one.labels?.[0]?.textContent ?? '') : ''
    const name = (one.getAttribute('aria-label') ?? (labelled.trim() || label || one.textContent || ''))
      .replace(/\s+/g, ' ')
      .trim()
    const box = one.getBoundingClientRect()
    const [x, y] = [box.left + Math.min(box.width / 2, 30), box.top + Math.min(box.height / 2, 20)]
    const above = document.elementFromPoint(x, y)
    const style = getComputedStyle(one.closest('.choice') ?? one)
    return {
      name,
      tag: one.tagName,
      isCovered: !(above && (one.contains(above) || above.contains(one) || above.closest('label')?.contains(one))),
      isMarked: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2,
    }
  })
}

/** Goes on with Tab until what has this name has the focus, which must be seen on every step. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const fits = (found: string) => (typeof name === 'string' ? found === name : name.test(found))
  const passed: string[] = []
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const now = await focused(page)
    if (!now) continue
    passed.push(now.name)
    expect(now, `the focus on “${now.name}”`).toMatchObject({ isCovered: false, isMarked: true })
    if (fits(now.name)) return
  }
  throw new Error(`no way by Tab to ${String(name)}; passed: ${passed.join(' | ')}`)
}
const press = async (page: Page, name: string | RegExp) => {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}
const type = async (page: Page, name: string | RegExp, text: string) => {
  await tabTo(page, name)
  await page.keyboard.type(text)
}
const begins = (key: string) => new RegExp(`^${say(key).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
const heading = async (page: Page, key: string) => {
  await expect(page.getByRole('heading', { level: 1, name: say(key), exact: true })).toBeVisible()
  const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(await page.evaluate(wider), `${key} scrolls sideways`).toBe(0)
}

test('registration and receipt in Tagalog, at 320 px, in black, with the keyboard alone', async ({ lesson }) => {
  const { page, dataDir, url, openLink } = lesson
  test.setTimeout(180_000)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.addInitScript(() => localStorage.setItem('zairyu.scheme', 'black'))
  await page.goto(url)
  await page.getByRole('heading', { level: 1 }).waitFor()

  // The menu of languages is a select: its first letters choose.
  await tabTo(page, 'Language')
  await page.keyboard.type('Tag')
  await expect(page.locator('html')).toHaveAttribute('lang', 'tl')
  await press(page, say('layout.register'))
  await heading(page, 'layout.screen.account.register.terms')
  await press(page, say('account.register.terms.submit'))
  await heading(page, 'layout.screen.account.register.email')
  // A mistake first: the summary gets the focus and leads to its field.
  await press(page, say('account.register.email.submit'))
  await expect(page.getByRole('alert')).toBeFocused()
  await press(page, /: /)
  await expect(page.locator('input[type=email]').first()).toBeFocused()
  await page.keyboard.type(EMAIL)
  await type(page, begins('account.field.emailConfirmation.label'), EMAIL)
  await press(page, say('account.register.email.submit'))
  await expect(page).toHaveURL(/\/register\/sent/)

  const invitation = await training(dataDir).mailTo(EMAIL)
  expect(invitation).toContain(say('mail.registration.title'))
  await openLink(/\S+\/register\/[\w-]{43}/.exec(invitation)?.[0] ?? '')
  await heading(page, 'layout.screen.account.register.form')
  await expect(page.getByRole('radio').first()).toBeVisible()
  await tabTo(page, new RegExp(say('account.category.organization.name')))
  for (let down = 0; down < 4; down += 1) {
    if ((await focused(page))?.name.includes(say('account.category.applicant.name'))) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Space')
  await expect(page.getByRole('radio', { name: say('account.category.applicant.name') })).toBeChecked()
  await type(page, begins('account.field.nameEn.label'), 'an dela cruz')
  await type(page, begins('account.field.phone.label'), '080-1234-5678')
  await type(page, begins('account.field.password.label'), PASSWORD)
  await type(page, begins('account.field.passwordConfirmation.label'), PASSWORD)
  await press(page, say('account.register.form.submit'))
  await heading(page, 'layout.screen.account.register.confirm')
  await expect(page.getByRole('main')).toContainText('AN DELA CRUZ')
  await press(page, say('account.register.confirm.submit'))
  await heading(page, 'layout.screen.account.register.complete')
  const welcome = await training(dataDir).mailTo(EMAIL)
  const userId = /^\s*([2-9A-HJKMNP-Z]{10})\s*$/m.exec(welcome)?.[1] ?? ''
  expect(userId).toHaveLength(10)

  const now = new Date(
    await page.evaluate(async () => ((await (await fetch('/api/v1/health')).json()) as { now: string }).now),
  )
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(now)
  await issue(dataDir, [
    certificateLine(userId, NUMBER, { issuedOn: today, nameEn: 'AN DELA CRUZ', nationality: 'PHL' }),
  ])
  let letter = ''
  await expect.poll(async () => (letter = await training(dataDir).mailTo(EMAIL))).toContain(NUMBER)
  expect(letter).toContain(say('mail.certificate.receipt.text'))
  await openLink(/\S+\/receipts\/[\w-]{43}/.exec(letter)?.[0] ?? '')
  await heading(page, 'layout.screen.session.login')
  await type(page, begins('session.login.userId.name'), userId)
  await type(page, begins('session.login.password.name'), PASSWORD)
  await page.keyboard.press('Enter')
  await heading(page, 'layout.screen.certificate.receipts')
  await press(page, say('certificate.register.actionFor').replace('{number}', NUMBER))
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(say('certificate.register.question'))
  // Escape loses nothing, and the focus goes back to where it was.
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect((await focused(page))?.name).toContain(NUMBER)
  await page.keyboard.press('Enter')
  await press(page, say('certificate.register.submit'))
  await expect(page.getByRole('row').filter({ hasText: NUMBER })).toContainText(say('certificate.status.done'))
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'black')
})
