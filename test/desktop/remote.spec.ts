import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { test as base } from './support/desktop-test'

interface Far {
  /** The certificate, for a program that shall trust it. */
  certificate: string
  address: string
  asked: {
    method: string | undefined
    url: string | undefined
    cookie: string | undefined
    origin: string | undefined
  }[]
  server: Server
}

/** A service far away, with a certificate that it has signed itself. */
const test = base.extend<{ far: Far }>({
  far: async ({ dataDir }, use) => {
    const [key, certificate] = [join(dataDir, 'far.key'), join(dataDir, 'far.crt')]
    const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const how = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', ['req', '-x509', ...how, '-keyout', key, '-out', certificate, ...name], { stdio: 'ignore' })
    const asked: Far['asked'] = []
    const server = createServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (request, response) => {
      asked.push({
        method: request.method,
        url: request.url,
        cookie: request.headers.cookie,
        origin: request.headers.origin,
      })
      response.setHeader('Content-Type', 'application/json')
      response.setHeader('Set-Cookie', 'zairyu_session=far; HttpOnly; Secure; SameSite=Strict; Path=/')
      response.end('{"far":true}')
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    await use({ certificate, asked, server, address: `https://localhost:${(server.address() as AddressInfo).port}` })
    server.closeAllConnections()
    server.close()
  },
})

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
})()
test.skip(!hasOpenssl, 'needs openssl to make a certificate')

const ask = (page: Page, path: string) =>
  page.evaluate(async (path) => {
    const answer = await fetch(path)
    return { status: answer.status, body: (await answer.json()) as unknown }
  }, path)

test('a service elsewhere is asked, with the session kept here', async ({ launch, far }) => {
  const desktop = await launch({ args: ['--service', far.address], env: { NODE_EXTRA_CA_CERTS: far.certificate } })
  test.skip(desktop.kind === 'electron', "Electron trusts the system's certificates only")
  expect(await ask(desktop.page, '/api/v1/one')).toEqual({ status: 200, body: { far: true } })
  await ask(desktop.page, '/api/v1/two?x=1')
  expect(far.asked.at(-1)).toEqual({
    method: 'GET',
    url: '/api/v1/two?x=1',
    cookie: 'zairyu_session=far',
    origin: far.address,
  })
  expect(await desktop.page.context().cookies()).toEqual([])
})

test('a service whose certificate is not right is not asked', async ({ launch, far }) => {
  const { page } = await launch({ args: ['--service', far.address] })
  expect(await ask(page, '/api/v1/health')).toMatchObject({ status: 503, body: { code: 'service.busy' } })
  expect(far.asked).toEqual([])
})

test('a service that cannot be reached is said to be busy, and the page is there all the same', async ({
  launch,
  far,
}) => {
  far.server.close()
  const { page } = await launch({ args: ['--service', far.address] })
  expect(await ask(page, '/api/v1/health')).toMatchObject({ status: 503, body: { code: 'service.busy' } })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('a session that was closed while the service was away is over here at once, and ends there as soon as it is back', async ({
  launch,
  far,
}) => {
  const options = { args: ['--service', far.address], env: { NODE_EXTRA_CA_CERTS: far.certificate } }
  const { port } = new URL(far.address)
  const away = async () => {
    far.server.closeAllConnections()
    far.server.close()
    await once(far.server, 'close')
  }
  const back = async () => {
    far.asked.length = 0
    await once(far.server.listen(Number(port), '127.0.0.1'), 'listening')
  }
  const revoked = () =>
    far.asked
      .filter(({ method, cookie }) => method === 'DELETE' && cookie === 'zairyu_session=far')
      .map(({ url }) => url)
      .sort()

  const first = await launch(options)
  test.skip(first.kind === 'electron', "Electron trusts the system's certificates only")
  await ask(first.page, '/api/v1/one')
  await away()
  // By the button of the page: it counts.
  const logout = await first.page.evaluate(async () => (await fetch('/api/v1/session', { method: 'DELETE' })).status)
  expect(logout).toBe(204)
  await back()
  await ask(first.page, '/api/v1/two')
  expect(far.asked.find(({ url }) => url === '/api/v1/two')?.cookie).toBeUndefined()
  await expect.poll(revoked, { timeout: 20_000 }).toEqual(['/api/v1/session'])
  // By closing the window, which ends the program here.
  await away()
  expect(await first.close()).toBe(0)
  await back()
  const second = await launch(options)
  await expect.poll(revoked).toEqual(['/api/v1/session', '/api/v1/staff/session'])
  expect(far.asked.find(({ method }) => method === 'GET')?.cookie).toBeUndefined()
  await second.close()
})
