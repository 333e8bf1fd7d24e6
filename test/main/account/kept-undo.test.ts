import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { keptUndo, type UndoLink } from '#main/features/account/account.rules'

const NOW = Temporal.Instant.from('2026-11-22T00:00:00Z')
const link = (id: string, address: string, hoursAgo: number, used = false): UndoLink => {
  const issuedAt = NOW.subtract({ hours: hoursAgo })
  return { id, address, issuedAt, usedAt: used ? issuedAt : null }
}

describe('the undoing that outlives a change of credentials', () => {
  it('is the newest one to the oldest address', () => {
    const links = [link('1', 'a', 9), link('2', 'b', 7), link('3', 'a', 5), link('4', 'c', 3)]
    expect(keptUndo(links, NOW)).toBe('3')
    expect(keptUndo(links.toReversed(), NOW)).toBe('3')
    expect(keptUndo([], NOW)).toBeNull()
  })

  it('is none of those that were used', () => {
    expect(keptUndo([link('1', 'a', 9, true), link('2', 'b', 7)], NOW)).toBe('2')
  })

  it.each([
    { minutes: 7 * 24 * 60 - 1, kept: '1' },
    { minutes: 7 * 24 * 60, kept: '2' },
    { minutes: 7 * 24 * 60 + 1, kept: '2' },
  ])('counts the oldest for 7 days: $minutes minutes after it, $kept', ({ minutes, kept }) => {
    const links = [{ ...link('1', 'a', 0), issuedAt: NOW.subtract({ minutes }) }, link('2', 'b', 1)]
    expect(keptUndo(links, NOW)).toBe(kept)
  })

  it('is, after an undoing, to an address from before that one, or there is none', () => {
    const [a, b, c] = [link('1', 'a', 9), link('2', 'b', 7), link('3', 'c', 5)]
    const links = [a, b, c].flatMap((one) => one ?? [])
    expect(keptUndo(links, NOW, b)).toBe('1')
    expect(keptUndo(links, NOW, a)).toBeNull()
    expect(keptUndo([...links, link('4', 'a', 3)], NOW, a)).toBeNull()
  })

  it('cannot be pushed out by whatever happens after the first change', () => {
    const later = fc.array(
      fc.record({
        address: fc.constantFrom('b', 'c', 'd'),
        hoursAgo: fc.integer({ min: 0, max: 99 }),
        used: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(later, (added) => {
        const links = [
          link('owner', 'a', 100),
          ...added.map(({ address, hoursAgo, used }, index) => link(`x${index}`, address, hoursAgo, used)),
        ]
        expect(keptUndo(links, NOW)).toBe('owner')
      }),
    )
  })
})
