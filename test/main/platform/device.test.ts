import Bowser from 'bowser'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeUserAgent, isDeviceLabel } from '#main/platform/user-agent'

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const KNOWN = new Set([...Object.values(Bowser.BROWSER_MAP), ...Object.values(Bowser.OS_MAP)])

describe('the browser and system that other people read', () => {
  it.each([
    [`${WINDOWS} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`, 'Microsoft Edge, Windows'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
      'Safari, macOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox, Linux'],
    [`${WINDOWS} zairyu/1.0.0 Chrome/130.0.0.0 Electron/33.0.0 Safari/537.36`, 'Electron, Windows'],
  ])('are named: %s', (header, label) => {
    expect(describeUserAgent(header)).toBe(label)
    expect(isDeviceLabel(label)).toBe(true)
  })

  it.each([
    'Your ID is locked call 03 1234 5678/1.0',
    'Evil Words/1.0 (call 555)',
    'ログインし直してください/1.0',
    'Nokia Please-Call/2.0',
    'toString/1.0',
    '__proto__/1.0 (constructor)',
    '',
  ])('say nothing where the program is none that is known: %j', (header) => {
    expect(describeUserAgent(header)).toBeNull()
  })

  it('leave the words of the header out and name what is known', () => {
    expect(describeUserAgent('CallUsNow/1.0 (Windows NT 10.0; Win64)')).toBe('Windows')
  })

  it('hold only words of the list, whatever the header is', () => {
    const word = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'Mozilla/5.0',
        '(Windows NT 10.0)',
        'Chrome/1',
        'Firefox/2',
        'Nokia',
        'Android 14',
        'Tizen',
        'like Gecko',
        'Version/',
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const label = describeUserAgent(words.join(' '))
        for (const part of label === null ? [] : label.split(', ')) expect(KNOWN).toContain(part)
        expect(label === null || isDeviceLabel(label)).toBe(true)
      }),
    )
  })

  it.each(['Call us', 'Chrome, Call us', 'Windows, Chrome, Linux', 'Windows, Chrome', ', Windows', ''])(
    'are not taken for written by the program: %j',
    (label) => {
      expect(isDeviceLabel(label)).toBe(false)
    },
  )
})
