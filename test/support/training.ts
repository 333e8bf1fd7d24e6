import { expect, type Page } from '@playwright/test'
import { Temporal } from 'temporal-polyfill'
import { runCli } from './cli'
import { PASSWORD } from './samples'

/** Training data of a test, as the trainer has them in hand: its mails and its clock. */
export const training = (dataDir: string) => {
  const cli = async (...args: string[]): Promise<unknown> => {
    const answer = await runCli([...args, '--data', dataDir, '--json'])
    expect(answer, args.join(' ')).toMatchObject({ code: 0, err: '' })
    return JSON.parse(answer.out)
  }
  /** Both bodies of the newest mail to an address. */
  const letterTo = async (email: string) => (await cli('mail', 'show', email)) as { text: string; html: string }
  return {
    /** Any command, with its answer. */
    cli,
    advance: (span: string) => cli('clock', 'advance', span),
    setClock: (instant: Temporal.Instant) => cli('clock', 'set', instant.toString()),
    /** The text of the newest mail to an address. */
    mailTo: async (email: string) => (await letterTo(email)).text,
    letterTo,
  }
}

/** What the page gets when it asks the service. The page must show the program already. */
export function ask(page: Page, method: string, path: string, body?: object) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const init = {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }
      const answer = await fetch(`/api/v1${path}`, init)
      const text = await answer.text()
      return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> }
    },
    { method, path, body },
  )
}

/** What the service answers to somebody without a page. */
export async function askAt(url: string, method: string, path: string, body?: object) {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${url}/api/v1${path}`, { method, ...(body && { body: JSON.stringify(body), headers }) })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Record<string, string> }
}

/** Registers a person over the service, with the link from the mail; answers the user ID. Nobody is signed in afterwards. */
export const signUp = (page: Page, dataDir: string, email?: string): Promise<string> =>
  signUpBy((...request) => ask(page, ...request), dataDir, email)

/** The same without a page: none has to be loaded for it. */
export const signUpAt = (url: string, dataDir: string, email?: string): Promise<string> =>
  signUpBy((...request) => askAt(url, ...request), dataDir, email)

type Asking = (method: string, path: string, body?: object) => ReturnType<typeof askAt>

async function signUpBy(ask: Asking, dataDir: string, email = 'nguyen.van.an@example.jp'): Promise<string> {
  expect((await ask('POST', '/registrations', { email })).status).toBe(202)
  const token = /\/register\/([\w-]{43})/.exec(await training(dataDir).mailTo(email))?.[1]
  const form = { category: 'applicant', nameEn: 'NGUYEN VAN AN', phone: '08012345678' }
  const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD }
  const done = await ask('POST', `/registrations/${token}/completion`, { ...form, ...passwords })
  expect(done.status).toBe(201)
  return done.body['userId'] ?? ''
}

/** M2.2: on the login screen. */
export async function logIn(page: Page, userId: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: '利用者ログイン' })).toBeVisible()
  await page.getByLabel('利用者ID', { exact: true }).fill(userId)
  await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD)
  await page.getByLabel('パスワード', { exact: true }).press('Enter')
}

/** Until when the session of the page lasts, as the service says; asking does not prolong it. */
export async function deadlineOf(page: Page): Promise<Temporal.Instant> {
  const { status, body } = await ask(page, 'GET', '/session')
  expect(status).toBe(200)
  return Temporal.Instant.from(body['deadline'] ?? '')
}
