import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownArguments } from '#main/desktop/arguments.rules'
import { screenOfArguments } from '#main/desktop/deep-links.rules'
import { ConfigError, FLAG_NAMES, readConfig } from '#main/platform/config/config'
import { foreignSwitchOf } from '#main/platform/config/link-arguments.rules'

describe('our own part of the command line', () => {
  it('is everything after the packaged program', () => {
    expect(ownArguments(['/opt/zairyu', '--training'], true)).toEqual({
      entry: null,
      flags: ['--training'],
      link: null,
      behind: [],
    })
  })

  it('does not have what the installer says after an update', () => {
    expect(ownArguments(['/opt/zairyu', '--updated', '--training'], true).flags).toEqual(['--training'])
  })

  it("is what follows the entry file, without Electron's own flags before it", () => {
    expect(ownArguments(['/e/electron', '--no-sandbox', 'out/main/index.js', '--port', '0'], false)).toEqual({
      entry: 'out/main/index.js',
      flags: ['--port', '0'],
      link: null,
      behind: [],
    })
  })

  it('is nothing where nothing was said', () => {
    expect(ownArguments(['/e/electron'], false)).toEqual({ entry: null, flags: [], link: null, behind: [] })
  })

  const LINK = 'zairyu://open/login'
  const EVIL = ['--service', 'https://evil.example', '--data', '/tmp/evil', '--training']

  it.each([
    { packaged: true, argv: ['/opt/zairyu', LINK, ...EVIL], flags: [] },
    { packaged: true, argv: ['/opt/zairyu', '--kiosk', LINK, ...EVIL], flags: ['--kiosk'] },
    { packaged: true, argv: ['/opt/zairyu', LINK, '--', ...EVIL], flags: [] },
    {
      packaged: false,
      argv: ['/e/electron', 'out/main/index.js', '--data', '/d', LINK, ...EVIL],
      flags: ['--data', '/d'],
    },
  ])('ends at the link: $argv', ({ argv, packaged, flags }) => {
    expect(ownArguments(argv, packaged)).toMatchObject({ flags, link: LINK })
    expect(readConfig(ownArguments(argv, packaged).flags, { ZAIRYU_DATA_DIR: '/d' })).toMatchObject({
      dataDir: '/d',
      serviceUrl: null,
      training: false,
    })
  })

  it.each(['ZAIRYU://open/login', ' zairyu:x', 'zairyu:', 'Zairyu://open/login" --service https://evil.example'])(
    'ends at what only looks like a link: %s',
    (link) => {
      expect(ownArguments(['/opt/zairyu', link, '--training'], true).flags).toEqual([])
      // The browser shell reads the command line itself.
      expect(readConfig(['--data', '/d', link, ...EVIL], {})).toMatchObject({ dataDir: '/d', serviceUrl: null })
    },
  )

  it('takes the first of several links, and none behind one that is not right', () => {
    const other = `zairyu://open/register/${'x'.repeat(43)}`
    expect(screenOfArguments(['/opt/zairyu', '--enable-features=x', LINK, other])).toBe('/login')
    expect(screenOfArguments(['/opt/zairyu', 'zairyu://open/settings', other])).toBeNull()
  })

  it('is what it would be without the link, whatever stands behind that', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), fc.boolean(), (before, behind, packaged) => {
        fc.pre(![...before].some((text) => /^\s*zairyu:/i.test(text)))
        const argv = ['/opt/zairyu', ...(packaged ? [] : ['index.js']), ...before]
        expect(ownArguments([...argv, LINK, ...behind], packaged).flags).toEqual(ownArguments(argv, packaged).flags)
      }),
    )
  })
})

describe('switches behind a link that Chromium obeys before we look', () => {
  it.each([
    '--remote-debugging-port=9222',
    '--proxy-server=evil.example',
    '--inspect',
    '-load-extension=/tmp/x',
    '/user-data-dir=C:\\x',
    ' --no-sandbox',
    '--Renderer-Cmd-Prefix=x',
  ])('%s ends the start', (argument) => {
    expect(foreignSwitchOf(['x', argument], FLAG_NAMES, 'win32')).not.toBeNull()
  })

  it.each(['--service', 'https://evil.example', '--data=x', '--training', '--', '-', '', '/', '/srv/data'])(
    '%s is nothing to Chromium, and is passed over',
    (argument) => {
      expect(foreignSwitchOf([argument], FLAG_NAMES, 'linux')).toBeNull()
    },
  )

  it.each(['--remote-debugging-port=9222', '--proxy-server', '-inspect', '/load-extension=x', '--user-data-dir=x'])(
    '%s without a link stops the packaged program, too',
    (argument) => {
      expect(() => readConfig(ownArguments(['/opt/zairyu', argument], true).flags, {})).toThrow(ConfigError)
    },
  )
})
