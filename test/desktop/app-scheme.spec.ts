import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { expect } from '@playwright/test'
import { SECURITY_HEADERS } from '#main/http/guards/security-headers'
import { test } from './support/desktop-test'

test('the page and the service answer with the security headers', async ({ desktop }) => {
  const { page } = desktop
  const answers = await page.evaluate(async () =>
    Promise.all(
      ['/', '/login', '/api/v1/health', '/assets/none.js'].map(async (path) => {
        const { headers } = await fetch(path)
        return Object.fromEntries(headers)
      }),
    ),
  )
  const expected = Object.fromEntries(
    Object.entries(SECURITY_HEADERS).map(([name, value]) => [name.toLowerCase(), value]),
  )
  for (const headers of answers) expect(headers).toMatchObject(expected)
})

test('the start violates no content security policy and reports no error', async ({ desktop }) => {
  const { page } = desktop
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.reload({ waitUntil: 'networkidle' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  // The answer to "who is signed in?" before anybody is.
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
})

test('inline scripts do not run', async ({ desktop }) => {
  const { page } = desktop
  await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.head.append(script)
  })
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
})

test('nothing outside of the built page can be reached', async ({ desktop }) => {
  const { page } = desktop
  const answers = await page.evaluate(async () => {
    const paths = [
      '/../main/index.js',
      '/..%2fmain/index.js',
      '/%2e%2e/main/index.js',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/..%5c..%5cpackage.json',
      '//etc/passwd.txt',
      '/%00/index.html.js',
      '/%E0%A4%A.js',
    ]
    return Promise.all(
      paths.map(async (path) => {
        const { status } = await fetch(location.origin + path)
        return `${path} ${status}`
      }),
    )
  })
  for (const answer of answers) expect(answer).toMatch(/ 404$/)
})

test('other hosts of the scheme do not exist', async ({ desktop }) => {
  const { page, origin } = desktop
  const answer = await page.goto(`${origin.replace('main', 'other')}/`).catch(() => 'refused')
  expect(['refused', 404]).toContain(typeof answer === 'string' ? answer : answer?.status())
})

/** TCP ports on which a process listens, by /proc (Linux). */
function listeningPorts(pid: number): number[] {
  const folder = `/proc/${pid}/fd`
  const sockets = new Set(
    readdirSync(folder).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && inode !== undefined && sockets.has(inode))
      .map(([, local]) => Number.parseInt(local?.split(':')[1] ?? '', 16)),
  )
}

test('the program opens no TCP port', async ({ desktop }) => {
  test.skip(process.platform !== 'linux', 'needs /proc to see the ports of a process')
  const { page, pid, portsOfTheTest } = desktop
  test.skip(portsOfTheTest === null, "Playwright opens ports of its own in Electron's main process")
  expect(await page.evaluate(async () => (await fetch('/api/v1/health')).status)).toBe(200)
  expect(listeningPorts(pid)).toEqual(portsOfTheTest)
})
