import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  bytesOfText,
  openVault,
  removeExpiredDrafts,
  textOfBytes,
} from '../../../src-renderer/stores/drafts/draft-vault'

const NOW = '2026-11-22T06:57:00.000Z'
const LATER = '2026-11-29T06:57:00.000Z'
const secrets = fc.uint8Array({ minLength: 32, maxLength: 64 }).map((bytes) => Uint8Array.from(bytes))
/** Long enough that it does not stand in the ciphertext by chance. */
const typed = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 120 })
const drafts = fc.dictionary(fc.constantFrom('nameEn', 'phone', 'address', 'email', 'organization'), typed, {
  minKeys: 1,
})

const raw = () => JSON.stringify({ ...localStorage, ...sessionStorage })
const keys = () => Object.keys(localStorage)
const open = async (kind: string, secret: Uint8Array<ArrayBuffer>) => {
  const vault = await openVault(kind, secret)
  if (!vault) throw new Error('no Web Crypto')
  return vault
}

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
})

describe('a draft that was kept while the clock ran ahead', () => {
  const EIGHT_DAYS_ON = '2026-11-30T06:57:00.000Z'

  it.each([
    { until: EIGHT_DAYS_ON, there: true },
    { until: '2026-11-30T06:57:00.001Z', there: false },
    { until: '2027-11-29T06:57:00.000Z', there: false },
  ])('until $until is found when the clock is put right: $there', async ({ until, there }) => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '08012345678' }, until)
    removeExpiredDrafts(NOW)
    expect(keys()).toHaveLength(there ? 1 : 0)
    await vault.keep('details', { phone: '08012345678' }, until)
    expect((await vault.read('details', NOW)) !== null).toBe(there)
  })
})

describe('what is typed, kept on the device', () => {
  it('comes back to whoever has the secret, and to nobody else', () =>
    fc.assert(
      fc.asyncProperty(drafts, secrets, secrets, async (values, secret, other) => {
        fc.pre(textOfBytes(secret) !== textOfBytes(other))
        localStorage.clear()
        await (await open('person', secret)).keep('details', values, LATER)
        expect(await (await open('person', secret)).read('details', NOW)).toEqual(values)
        expect(await (await open('person', other)).read('details', NOW)).toBeNull()
        expect(await (await open('link', secret)).read('details', NOW)).toBeNull()
      }),
      { numRuns: 60 },
    ))

  it('can nowhere be read in the storage, not even what it is about', () =>
    fc.assert(
      fc.asyncProperty(drafts, secrets, async (values, secret) => {
        localStorage.clear()
        await (await open('person', secret)).keep('account.details', values, LATER)
        expect(keys()).toHaveLength(1)
        for (const part of [...Object.values(values), ...Object.keys(values), 'account.details', textOfBytes(secret)])
          expect(raw()).not.toContain(part)
      }),
      { numRuns: 60 },
    ))

  it('is as long for a short text as for an empty one', async () => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '' }, LATER)
    const short = raw().length
    await vault.keep('details', { phone: '08012345678' }, LATER)
    expect(raw()).toHaveLength(short)
  })

  it('is written differently every time', async () => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '08012345678' }, LATER)
    const first = raw()
    await vault.keep('details', { phone: '08012345678' }, LATER)
    expect(raw()).not.toBe(first)
  })

  it('cannot be given a longer life, or put in another place', async () => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '08012345678' }, NOW)
    const [key = ''] = keys()
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, string>
    localStorage.setItem(key, JSON.stringify({ ...kept, until: LATER }))
    expect(await vault.read('details', null)).toBeNull()

    await vault.keep('email', { email: 'an@example.jp' }, LATER)
    const other = keys().find((name) => name !== key) ?? ''
    localStorage.setItem(other, localStorage.getItem(key) ?? '')
    expect(await vault.read('email', null)).toBeNull()
  })

  it.each([
    { at: '2026-11-29T06:56:59.000Z', found: true },
    { at: '2026-11-29T06:57:00.000Z', found: false },
    { at: '2026-11-29T06:57:01.000Z', found: false },
  ])('is there at $at: $found', async ({ at, found }) => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '08012345678' }, LATER)
    expect((await vault.read('details', at)) !== null).toBe(found)
    expect(keys()).toHaveLength(found ? 1 : 0)
  })

  it.each([
    { at: '2026-11-29T06:56:59.000Z', left: 2 },
    { at: '2026-11-29T06:57:00.000Z', left: 1 },
  ])('is removed when the program starts after its end, whoever starts it ($at)', async ({ at, left }) => {
    localStorage.setItem('zairyu.language', 'en')
    localStorage.setItem('zairyu.draft.old', 'not a draft')
    await (await open('person', new Uint8Array(32))).keep('details', { phone: '08012345678' }, LATER)
    await (
      await open('person', new Uint8Array(32).fill(1))
    ).keep('details', { phone: '08012345678' }, '2026-12-01T00:00:00Z')
    removeExpiredDrafts(at)
    expect(keys().filter((key) => key.startsWith('zairyu.draft.'))).toHaveLength(left)
    expect(localStorage.getItem('zairyu.language')).toBe('en')
  })

  it('is nothing once it is wiped', async () => {
    const vault = await open('person', new Uint8Array(32))
    await vault.keep('details', { phone: '08012345678' }, LATER)
    await vault.wipe('details')
    expect(keys()).toEqual([])
  })

  it('says when the storage is blocked', async () => {
    const vault = await open('person', new Uint8Array(32))
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
      getItem: () => null,
    })
    expect(await vault.keep('details', { phone: '08012345678' }, LATER)).toBe(false)
    vi.unstubAllGlobals()
  })
})

describe('bytes as text', () => {
  it('come back as they were', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect([...bytesOfText(textOfBytes(bytes))]).toEqual([...bytes])
        expect(textOfBytes(bytes)).toMatch(/^[\w-]*$/)
      }),
    ))
})
