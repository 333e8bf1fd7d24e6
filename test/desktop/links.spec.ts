import { expect } from '@playwright/test'
import { test } from './support/desktop-test'

const TOKEN = 'x'.repeat(43)

test('a link with which the program is started leads to its screen', async ({ launch }) => {
  const { page, origin } = await launch({ args: [`zairyu://open/register/${TOKEN}`] })
  await expect(page).toHaveURL(`${origin}/register/${TOKEN}`)
})

test('flags behind a link are not obeyed', async ({ launch }) => {
  const behind = ['--service', 'https://evil.example', '--training', '--data', '/nowhere']
  const { page, origin } = await launch({ args: [`zairyu://open/register/${TOKEN}`, ...behind] })
  await expect(page).toHaveURL(`${origin}/register/${TOKEN}`)
  // The service answers from the data of this test, and it is not training.
  const health = await page.evaluate(async () => (await (await fetch('/api/v1/health')).json()) as unknown)
  expect(health).toMatchObject({ status: 'ok', training: false })
})

test('a link with a switch for Chromium behind it starts nothing', async ({ launch }) => {
  await expect(
    launch({ args: ['zairyu://open/login', '--remote-debugging-port=9222'], until: /^ready/m }),
  ).rejects.toThrow(/ended with 2 before[^]*A link brought the switch "remote-debugging-port"/)
})

test('a second start hands its link to the first and ends', async ({ desktop }) => {
  const { page, origin, open } = desktop
  const second = await open(`zairyu://open/register/${TOKEN}`)
  expect(second.code).toBe(0)
  expect(second.output).not.toContain('ready')
  await expect(page).toHaveURL(`${origin}/register/${TOKEN}`)
})

test('a link that is opened keeps what is written on the screen before, one step back', async ({ desktop }) => {
  const { page, origin, open, goTo } = desktop
  await goTo('/login')
  await open(`zairyu://open/register/${TOKEN}`)
  await expect(page).toHaveURL(`${origin}/register/${TOKEN}`)
  await page.goBack()
  await expect(page).toHaveURL(`${origin}/login`)
})

test('a link that is none of ours does nothing', async ({ desktop }) => {
  const { page, origin, open } = desktop
  for (const link of [
    'zairyu://open/settings',
    `zairyu://evil/register/${TOKEN}`,
    `zairyu://open/register/${TOKEN}?to=https://evil.example`,
    'zairyu://open/register/../../api/v1/health',
    'zairyu:javascript:alert(1)',
  ])
    expect((await open(link)).code).toBe(0)
  // A right one, afterwards: whatever the others could have caused would have happened before it.
  await open(`zairyu://open/receipts/${TOKEN}`)
  await expect(page).toHaveURL((url) => url.href.includes(TOKEN))
  await page.goBack()
  await expect(page).toHaveURL(`${origin}/`)
})
