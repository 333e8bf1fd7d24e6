import { describe, expect, it } from 'vitest'
import { newId } from '#main/platform/ids'

describe('identifiers of rows', () => {
  it('ascend, so that what happened in one instant is listed in its order', () => {
    const ids = Array.from({ length: 2000 }, newId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.toSorted()).toEqual(ids)
  })
})
