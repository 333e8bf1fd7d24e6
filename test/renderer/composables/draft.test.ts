import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useDraft } from '../../../src-renderer/composables/draft'

const initial = { name: '', password: '' }

beforeEach(() => {
  setActivePinia(createPinia())
  useDraft('test', initial).forget()
  vi.restoreAllMocks()
})

describe('what is typed into a form', () => {
  it('is there again when the screen is opened again', async () => {
    useDraft('test', initial).values.name = 'NGUYEN VAN AN'
    await nextTick()
    expect(useDraft('test', initial).values.name).toBe('NGUYEN VAN AN')
  })

  it('is kept over a reload, but for what is secret', async () => {
    const { values } = useDraft('test', initial, { secret: ['password'] })
    values.name = 'NGUYEN VAN AN'
    values.password = 'Secret#2026'
    await nextTick()
    expect(JSON.stringify({ ...sessionStorage })).toContain('NGUYEN VAN AN')
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('Secret#2026')
  })

  it('is forgotten when the task is done', async () => {
    const draft = useDraft('test', initial)
    draft.values.name = 'NGUYEN VAN AN'
    await nextTick()
    draft.forget()
    expect(useDraft('test', initial).values.name).toBe('')
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('NGUYEN')
  })

  it('does not mind that storage is blocked', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('blocked', 'SecurityError')
    })
    const draft = useDraft('test', initial)
    draft.values.name = 'NGUYEN VAN AN'
    await nextTick()
    expect(useDraft('test', initial).values.name).toBe('NGUYEN VAN AN')
  })
})
