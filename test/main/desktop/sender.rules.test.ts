import { describe, expect, it } from 'vitest'
import { isOurPage, mayAsk } from '#main/desktop/sender.rules'

describe('an address', () => {
  it.each(['app://main', 'app://main/', 'app://main/register/x?y#z'])('%s is a page of ours', (address) => {
    expect(isOurPage(address)).toBe(true)
  })

  it.each([
    '',
    'about:blank',
    'app:main',
    'app://main.evil/',
    'app://evil/main',
    'app://main@evil/',
    'app://user@main/',
    'app://main:80/',
    'https://main/',
    'data:text/html,app://main/',
    'file:///app://main/',
  ])('%s is not', (address) => {
    expect(isOurPage(address)).toBe(false)
  })
})

describe('who may ask the main process', () => {
  it('is the top frame that shows our page', () => {
    expect(mayAsk({ url: 'app://main/login', parent: null })).toBe(true)
  })

  it.each([
    { who: 'a frame inside of our page', frame: { url: 'app://main/login', parent: {} } },
    { who: 'a page of another origin', frame: { url: 'https://evil.example/', parent: null } },
    { who: 'a frame that has gone', frame: null },
  ])('is not $who', ({ frame }) => {
    expect(mayAsk(frame)).toBe(false)
  })
})
