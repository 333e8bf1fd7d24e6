import { describe, expect, it } from 'vitest'
import { returnPath } from '../../../src-renderer/composables/session/login-redirect'

describe('the way back after the login', () => {
  it.each([
    { to: '/receipts/TOKEN?page=2', back: '/receipts/TOKEN?page=2' },
    { to: '//evil.example', back: null },
    { to: '/\\evil.example', back: null },
    { to: 'https://evil.example', back: null },
    { to: '/login?to=/login', back: null },
    { to: '/logout', back: null },
    { to: ['/receipts', '/x'], back: null },
    { to: undefined, back: null },
  ])('from $to is $back', ({ to, back }) => {
    expect(returnPath(to)).toBe(back)
  })
})
