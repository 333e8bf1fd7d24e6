import { describe, expect, it } from 'vitest'
import { runHealthChecks } from '#main/features/diagnostics/health-checks.query'
import { clearTextWarning, publicWay } from '#main/platform/config/public-url.rules'
import { openPortal } from '../../support/portal'

describe('the public address', () => {
  it.each([
    [null, 'none'],
    ['https://example.jp', 'encrypted'],
    ['http://127.0.0.1:4180', 'this-machine'],
    ['http://localhost', 'this-machine'],
    ['http://[::1]:4180', 'this-machine'],
    ['http://example.jp', 'clear'],
    ['http://192.168.1.5:4180', 'clear'],
    ['http://127.0.0.1.evil.example', 'clear'],
    ['http://localhost.example', 'clear'],
  ] as const)('%s is %s', (address, way) => {
    expect(publicWay(address)).toBe(way)
    expect(clearTextWarning(address, false) === null).toBe(way !== 'clear')
    expect(clearTextWarning(address, true), 'a room of trainees').toBeNull()
  })

  it.each([
    { address: 'http://example.jp', ok: false },
    { address: 'https://example.jp', ok: true },
  ])('is looked at by doctor: $address', async ({ address, ok }) => {
    const portal = await openPortal({ env: { ZAIRYU_PUBLIC_URL: address } })
    expect(
      (await runHealthChecks(portal.data, { deep: false })).find(({ what }) => what === 'public address'),
    ).toMatchObject({
      ok,
    })
  })
})
