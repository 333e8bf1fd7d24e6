import { expect } from '@playwright/test'
import { test } from './support/desktop-test'

test('a link to another site leads nowhere', async ({ desktop }) => {
  const { page, origin } = desktop
  const refused = page.waitForEvent('requestfailed')
  await page.evaluate(() => {
    location.href = 'https://example.com/'
  })
  expect((await refused).url()).toBe('https://example.com/')
  await expect(page).toHaveURL(`${origin}/`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('no second window opens', async ({ desktop }) => {
  const { page } = desktop
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await page.evaluate(() => [window.open('https://example.com/'), window.open('/login')])).toEqual([null, null])
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), {
      href: '/login',
      target: '_blank',
      textContent: 'elsewhere',
    })
    document.querySelector('main')?.append(link)
  })
  await page.getByRole('link', { name: 'elsewhere' }).click()
  expect(page.context().pages()).toHaveLength(1)
})

test('the page may copy a number, and nothing else', async ({ desktop }) => {
  const { page } = desktop
  const states = await page.evaluate(async () => {
    const asked = ['geolocation', 'notifications', 'clipboard-read', 'clipboard-write'] as PermissionName[]
    return Object.fromEntries(
      await Promise.all(
        asked.map(async (name) => [name, (await navigator.permissions.query({ name })).state] as const),
      ),
    )
  })
  expect(states).toEqual({
    geolocation: 'denied',
    notifications: 'denied',
    'clipboard-read': 'denied',
    'clipboard-write': 'granted',
  })
})
