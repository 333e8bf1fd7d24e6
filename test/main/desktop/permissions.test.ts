import { describe, expect, it } from 'vitest'
import { answerPermissions, isGranted } from '#main/desktop/permissions'

const ours = { getURL: () => 'app://main/receipts' }
const foreign = { getURL: () => 'https://example.jp/' }

function ask(page: typeof ours, permission: string, details: object = { isMainFrame: true }) {
  const led: string[] = []
  let granted: boolean | null = null
  const answer = answerPermissions((address) => Promise.resolve(void led.push(address)))
  answer(page, permission, (said) => (granted = said), details as never)
  return { granted, led }
}

describe('what a page may do', () => {
  it('is to copy a text', () => {
    expect(ask(ours, 'clipboard-sanitized-write')).toEqual({ granted: true, led: [] })
    expect(isGranted(ours, 'clipboard-sanitized-write')).toBe(true)
  })

  it.each([
    ...['clipboard-read', 'display-capture', 'fileSystem', 'fullscreen', 'geolocation', 'hid', 'idle-detection'],
    ...['local-fonts', 'local-network', 'media', 'midi', 'notifications', 'openExternal', 'persistent-storage'],
    ...['pointerLock', 'screen-wake-lock', 'serial', 'storage-access', 'usb', 'window-management', 'unknown'],
    'what a later Electron may ask',
  ])('is not: %s', (permission) => {
    expect(ask(ours, permission).granted).toBe(false)
    expect(isGranted(ours, permission)).toBe(false)
  })

  it('is nothing on a page of another origin, and nothing for nobody', () => {
    expect(ask(foreign, 'clipboard-sanitized-write').granted).toBe(false)
    expect(isGranted(null, 'clipboard-sanitized-write')).toBe(false)
  })
})

describe('a link for another program', () => {
  const link = { isMainFrame: true, externalURL: 'tel:0570-013904' }

  it('is refused, and the reader is asked', () => {
    expect(ask(ours, 'openExternal', link)).toEqual({ granted: false, led: ['tel:0570-013904'] })
  })

  it.each([
    { name: 'another origin', page: foreign, permission: 'openExternal', details: link },
    { name: 'a frame', page: ours, permission: 'openExternal', details: { ...link, isMainFrame: false } },
    { name: 'another wish', page: ours, permission: 'media', details: link },
  ])('asks nobody for $name', ({ page, permission, details }) => {
    expect(ask(page, permission, details)).toEqual({ granted: false, led: [] })
  })
})
