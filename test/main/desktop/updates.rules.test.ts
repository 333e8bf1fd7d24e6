import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isAtRest, isCheckDue, updateFeed } from '#main/desktop/updates.rules'

const NOW = Temporal.Instant.from('2026-11-22T00:00:00Z')
const ago = (span: string) => NOW.subtract(span)

describe('where updates come from', () => {
  const windows = {
    feed: 'https://updates.example.jp',
    packaged: true,
    platform: 'win32',
    packedWith: 'provider: generic\npublisherName:\n  - Sakura\n',
  }

  it.each([
    { name: 'Windows, signed', installation: windows },
    { name: 'macOS, signed', installation: { ...windows, platform: 'darwin', packedWith: 'provider: generic\n' } },
  ])('$name: from the feed of the settings', ({ installation }) => {
    expect(updateFeed(installation)).toEqual({ ok: true, value: 'https://updates.example.jp' })
  })

  it.each([
    { name: 'no feed is set', change: { feed: null }, problem: 'update.no-feed' },
    { name: 'it runs from the sources', change: { packaged: false }, problem: 'update.from-sources' },
    { name: 'on Linux nothing is signed', change: { platform: 'linux' }, problem: 'update.platform' },
    { name: 'it was packed without a signature', change: { packedWith: null }, problem: 'update.unsigned' },
    {
      name: 'on Windows no signer is named',
      change: { packedWith: 'provider: generic\n' },
      problem: 'update.unsigned',
    },
    {
      name: 'on Windows the signer has no name',
      change: { packedWith: 'provider: generic\npublisherName:  \n' },
      problem: 'update.unsigned',
    },
  ])('nowhere when $name', ({ change, problem }) => {
    expect(updateFeed({ ...windows, ...change })).toEqual({ ok: false, problem })
  })
})

describe('looking for a new version', () => {
  it('happens at the start', () => {
    expect(isCheckDue(null, NOW)).toBe(true)
  })

  it.each([
    { failed: false, before: 'PT23H59M59S', after: 'PT24H' },
    { failed: true, before: 'PT59M59S', after: 'PT1H' },
  ])('is due again after $after (failed: $failed)', ({ failed, before, after }) => {
    expect(isCheckDue({ at: ago(before), failed }, NOW)).toBe(false)
    expect(isCheckDue({ at: ago(after), failed }, NOW)).toBe(true)
  })

  it('does not wait for a clock that was set back', () => {
    expect(isCheckDue({ at: NOW.add('PT1S'), failed: false }, NOW)).toBe(true)
  })
})

describe('installing while the program runs', () => {
  const atRest = { screen: '/', lastInput: ago('PT15M') }

  it('happens when the top page has stood untouched for a quarter of an hour', () => {
    expect(isAtRest(atRest, NOW)).toBe(true)
    expect(isAtRest({ ...atRest, lastInput: ago('PT14M59S') }, NOW)).toBe(false)
  })

  it('happens when no window is open', () => {
    expect(isAtRest({ ...atRest, screen: null }, NOW)).toBe(true)
  })

  it.each(['/login', '/register/abc', '/staff/applications', '/receipts'])(
    'never happens on %s, where something may be half done',
    (screen) => {
      expect(isAtRest({ ...atRest, screen, lastInput: ago('PT48H') }, NOW)).toBe(false)
    },
  )
})
