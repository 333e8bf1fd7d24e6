import { describe, expect, it } from 'vitest'
import { ownArguments } from '#main/desktop/arguments.rules'

describe('our own part of the command line', () => {
  it('is everything after the packaged program', () => {
    expect(ownArguments(['/opt/zairyu', '--training'], true)).toEqual({ entry: null, args: ['--training'] })
  })

  it('does not have what the installer says after an update', () => {
    expect(ownArguments(['/opt/zairyu', '--updated', '--training'], true).args).toEqual(['--training'])
  })

  it("is what follows the entry file, without Electron's own flags before it", () => {
    expect(ownArguments(['/e/electron', '--no-sandbox', 'out/main/index.js', '--port', '0'], false)).toEqual({
      entry: 'out/main/index.js',
      args: ['--port', '0'],
    })
  })

  it('is nothing where nothing was said', () => {
    expect(ownArguments(['/e/electron'], false)).toEqual({ entry: null, args: [] })
  })
})
