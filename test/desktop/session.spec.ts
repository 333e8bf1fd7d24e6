import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, type Page } from '@playwright/test'
import { test } from './support/desktop-test'

const CLI = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
const PASSWORD = 'Nagoya2026$port'

/** What the page gets when it asks the service. */
function ask(page: Page, method: string, path: string, body?: object) {
  return page.evaluate(
    async ({ method, path, body }) => {
      const init = {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
      }
      const answer = await fetch(`/api/v1${path}`, init)
      const text = await answer.text()
      const read: unknown = text === '' ? null : JSON.parse(text)
      return { status: answer.status, body: read as Record<string, string>, headers: [...answer.headers].flat().join() }
    },
    { method, path, body },
  )
}

/** The only mail so far, as the operator reads it. */
async function onlyMail(dataDir: string): Promise<string> {
  const cli = async (...args: string[]) =>
    (await promisify(execFile)(process.execPath, [CLI, ...args, '--data', dataDir, '--json'])).stdout
  const [mail] = JSON.parse(await cli('mail', 'list')) as { id: string }[]
  return (JSON.parse(await cli('mail', 'show', mail?.id ?? '')) as { text: string }).text
}

/** Registers a person over the page, with the link from the mail; answers the user ID. */
async function register(page: Page, dataDir: string): Promise<string> {
  expect((await ask(page, 'POST', '/registrations', { email: 'an@example.jp' })).status).toBe(202)
  const token = /zairyu:\/\/open\/register\/([\w-]{43})/.exec(await onlyMail(dataDir))?.[1]
  const form = { category: 'applicant', nameEn: 'NGUYEN VAN AN', phone: '0312345678', password: PASSWORD }
  const done = await ask(page, 'POST', `/registrations/${token}/completion`, form)
  expect(done.status).toBe(201)
  return done.body['userId'] ?? ''
}

test('signs in without the page ever holding the token', async ({ launch, dataDir }) => {
  const { page } = await launch()
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
  const userId = await register(page, dataDir)

  const answers: Promise<string>[] = []
  page.on('response', (response) => {
    answers.push(response.allHeaders().then((headers) => JSON.stringify(headers)))
  })
  const session = await ask(page, 'POST', '/session', { userId, password: PASSWORD })
  expect(session.status).toBe(200)
  expect((await ask(page, 'GET', '/session')).status).toBe(200)

  expect(answers.length).toBeGreaterThan(0)
  for (const headers of await Promise.all(answers)) expect(headers).not.toMatch(/set-cookie|zairyu_session/i)
  expect(await page.context().cookies()).toEqual([])
  const held = await page.evaluate(async () => ({
    cookie: document.cookie,
    storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }))
  expect(held).toMatchObject({ cookie: '', databases: [], caches: [] })
  // A token is 43 letters without a gap; nothing that long is stored but the public keys and the signed list of the verification screen.
  expect(held.storage.replace(/\\"(?:x|signature)\\":\\"[\w-]+\\"/g, '')).not.toMatch(/[\w-]{43}/)

  expect((await ask(page, 'DELETE', '/session')).status).toBe(204)
  expect((await ask(page, 'GET', '/session')).status).toBe(401)
})

test('the session outlives a reload, and ends with the program', async ({ launch, dataDir }) => {
  const first = await launch()
  const userId = await register(first.page, dataDir)
  await ask(first.page, 'POST', '/session', { userId, password: PASSWORD })
  await first.page.reload()
  expect((await ask(first.page, 'GET', '/session')).status).toBe(200)
  await first.close()
  const second = await launch()
  expect((await ask(second.page, 'GET', '/session')).status).toBe(401)
})

test('what was answered survives a power failure', async ({ launch, dataDir }) => {
  const first = await launch()
  const userId = await register(first.page, dataDir)
  await first.kill()
  const second = await launch()
  expect((await ask(second.page, 'POST', '/session', { userId, password: PASSWORD })).status).toBe(200)
})
