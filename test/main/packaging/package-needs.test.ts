import { describe, expect, it } from 'vitest'
import { missingForPackage, readPackageFlags } from '../../../scripts/packaging/package-needs.mjs'

const all = {
  host: 'darwin',
  downloads: true,
  wine: true,
  env: { WIN_CSC_LINK: 'x', ZAIRYU_PUBLISHER: 'x', CSC_NAME: 'x', APPLE_API_KEY: 'x' },
}
const wanted = (...flags: string[]) => readPackageFlags(flags, 'darwin')

describe('the flags of `npm run package`', () => {
  it.each([
    { host: 'linux', system: 'linux' },
    { host: 'darwin', system: 'mac' },
    { host: 'win32', system: 'win' },
  ])('mean the system it runs on: $host', ({ host, system }) => {
    expect(readPackageFlags([], host)).toEqual({ systems: [system], dir: false, unsigned: false, wrong: null })
  })

  it('name other systems, and what is not understood', () => {
    expect(wanted('--win', '--linux', '--unsigned')).toMatchObject({ systems: ['linux', 'win'], unsigned: true })
    expect(wanted('--windows').wrong).toBe('--windows')
  })
})

describe('what a packaging lacks', () => {
  it('is nothing where everything is there', () => {
    expect(missingForPackage(wanted('--linux', '--mac', '--win'), all)).toEqual([])
  })

  it.each([
    { lacks: { downloads: false }, flags: ['--linux', '--dir'], says: [/Electron's binary cannot be fetched/] },
    { lacks: { downloads: false }, flags: ['--linux'], says: [/Electron's binary/, /tools that make installers/] },
    { lacks: { host: 'linux' }, flags: ['--mac'], says: [/on a Mac only/] },
    { lacks: { host: 'linux', wine: false }, flags: ['--win'], says: [/wine, which is not installed/] },
    { lacks: { env: {} }, flags: ['--win'], says: [/WIN_CSC_LINK/, /ZAIRYU_PUBLISHER/] },
    { lacks: { env: {} }, flags: ['--mac'], says: [/Developer ID/, /Notarisation/] },
  ])('is said in a line each: $flags with $lacks', ({ lacks, flags, says }) => {
    const missing = missingForPackage(wanted(...flags), { ...all, ...lacks })
    expect(missing).toEqual(says.map((line) => expect.stringMatching(line)))
    for (const line of missing) expect(line).not.toContain('\n')
  })

  it.each([
    { lacks: { env: {} }, flags: ['--win', '--mac', '--unsigned'] },
    { lacks: { env: {} }, flags: ['--linux'] },
    { lacks: { downloads: false, env: { ZAIRYU_ELECTRON_DIST: '/electron' } }, flags: ['--linux', '--dir'] },
    { lacks: { host: 'win32', wine: false }, flags: ['--win'] },
  ])('is nothing for $flags with $lacks', ({ lacks, flags }) => {
    expect(missingForPackage(wanted(...flags), { ...all, ...lacks })).toEqual([])
  })
})
