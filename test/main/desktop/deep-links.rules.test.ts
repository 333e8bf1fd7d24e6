import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { screenOfArguments, screenOfLink } from '#main/desktop/deep-links.rules'

const TOKEN = 'Ab3_-'.repeat(8) + 'xYz'

describe('a link of a mail', () => {
  it.each([
    { link: `zairyu://open/register/${TOKEN}`, screen: `/register/${TOKEN}` },
    { link: `zairyu://open/receipts/${TOKEN}`, screen: `/receipts/${TOKEN}` },
    { link: `zairyu://open/password-reset/${TOKEN}`, screen: `/password-reset/${TOKEN}` },
    { link: `zairyu://open/email-change/${TOKEN}`, screen: `/email-change/${TOKEN}` },
    { link: `zairyu://open/email-undo/${TOKEN}`, screen: `/email-undo/${TOKEN}` },
    { link: `zairyu://open/receipts/${TOKEN}/`, screen: `/receipts/${TOKEN}` },
    { link: 'zairyu://open/login', screen: '/login' },
    { link: 'Zairyu://open/LOGIN/', screen: '/login' },
    { link: `ZAIRYU://Open/REGISTER/${TOKEN}`, screen: `/register/${TOKEN}` },
  ])('$link leads to its screen', ({ link, screen }) => {
    expect(screenOfLink(link)).toBe(screen)
  })

  it.each([
    '',
    'zairyu://open',
    'zairyu://open/',
    'zairyu://open/logout',
    'zairyu://open/login/x',
    'zairyu://open/login?to=//evil.example',
    'zairyu://open/register',
    'zairyu://open/register/',
    'zairyu://open/password-reset',
    `zairyu://open/email/${TOKEN}`,
    `zairyu://open/register/${TOKEN}x`,
    `zairyu://open/register/${TOKEN.slice(1)}`,
    `zairyu://open/register/${TOKEN}/confirm`,
    `zairyu://open/register/${TOKEN}?to=//evil.example`,
    `zairyu://open/register/${TOKEN}#x`,
    `zairyu://open/register/../receipts/${TOKEN}`,
    `zairyu://open//register/${TOKEN}`,
    `zairyu://open/register/${TOKEN.slice(3)}%2F`,
    `zairyu://evil/register/${TOKEN}`,
    `zairyu://open@evil/register/${TOKEN}`,
    `zairyu://open:80/register/${TOKEN}`,
    `zairyu:open/register/${TOKEN}`,
    ` zairyu://open/register/${TOKEN}`,
    `zairyu://open/register/${TOKEN}\n`,
    `https://open/register/${TOKEN}`,
    `javascript:alert(1)//zairyu://open/register/${TOKEN}`,
    `--inspect=zairyu://open/register/${TOKEN}`,
  ])('%j leads nowhere', (link) => {
    expect(screenOfLink(link)).toBeNull()
  })

  const token = fc.stringMatching(/^[\w-]{43}$/)
  const near = fc
    .tuple(fc.constantFrom('zairyu://open/register/', 'zairyu://open/email-undo/', 'zairyu:'), fc.string())
    .map(([start, rest]) => start + rest)

  it('leads to the login, to a screen that takes a token, or nowhere, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), near), (text) => {
        expect(screenOfLink(text) ?? `/receipts/${TOKEN}`).toMatch(
          /^\/(login|(register|receipts|password-reset|email-change|email-undo)\/[\w-]{43})$/,
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps every token as it is', () => {
    fc.assert(
      fc.property(token, (each) => {
        expect(screenOfLink(`zairyu://open/receipts/${each}`)).toBe(`/receipts/${each}`)
      }),
    )
  })
})

describe('the arguments of a start', () => {
  it('may have a link anywhere among the flags', () => {
    const argv = ['/opt/zairyu', '--allow-file-access', `zairyu://open/receipts/${TOKEN}`, '--data', '/d']
    expect(screenOfArguments(argv)).toBe(`/receipts/${TOKEN}`)
  })

  it('lead nowhere without one', () => {
    expect(screenOfArguments(['/opt/zairyu', '--data', 'zairyu://open/settings'])).toBeNull()
  })
})
