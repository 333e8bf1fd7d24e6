import { describe, expect, it } from 'vitest'
import { isOurFile, isOurPage, mayAsk } from '#main/desktop/sender.rules'

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

describe('a file that is to be saved', () => {
  it.each(['blob:app://main/1b9d6bcd-bbfd-4b2d', 'app://main/api/v1/audit'])('%s is ours', (address) => {
    expect(isOurFile(address)).toBe(true)
  })

  it.each([
    'blob:https://main/x',
    'blob:null/x',
    'blob:blob:app://main/x',
    'data:text/csv,a',
    'https://main/a.csv',
    '',
  ])('%s is not', (address) => {
    expect(isOurFile(address)).toBe(false)
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
