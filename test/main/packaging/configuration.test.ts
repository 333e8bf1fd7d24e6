import { createRequire } from 'node:module'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LINK_BASE } from '#main/desktop/deep-links.rules'
import { LANGUAGES } from '#domain/language'
import { packageConfiguration } from '../../../electron-builder.config'
import { drawIcons } from '../../../scripts/packaging/icons.mjs'

const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'))
const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
  validateConfiguration: (configuration: object, debug: { isEnabled: boolean }) => Promise<void>
}
const valid = (configuration: object) => validateConfiguration(configuration, { isEnabled: false })

const signed = packageConfiguration({ unsigned: false, publisher: 'Sakura Inc.' })
const unsigned = packageConfiguration({ unsigned: true, publisher: null })

describe('the configuration of the packaging', () => {
  it('is what electron-builder understands', async () => {
    await expect(valid(signed)).resolves.toBeUndefined()
    await expect(valid(unsigned)).resolves.toBeUndefined()
    await expect(valid({ ...signed, protocol: [] })).rejects.toThrow(/unknown property 'protocol'/)
  })

  it('sets every fuse that leaves no other program in the binary', () => {
    expect(signed.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    })
    expect(signed.disableAsarIntegrity ?? false).toBe(false)
  })

  it('gives the system the scheme of links in mails', () => {
    expect(signed.protocols).toMatchObject([{ schemes: [new URL(LINK_BASE).protocol.slice(0, -1)] }])
  })

  it('keeps the languages of the program', () => {
    const chromiums: Record<string, string> = { en: 'en-US', 'zh-Hans': 'zh-CN', 'zh-Hant': 'zh-TW', tl: 'fil' }
    const expected = LANGUAGES.map((language) => chromiums[language] ?? language)
    expect([...(signed.electronLanguages ?? [])].sort()).toEqual([...expected].sort())
  })

  it('makes nothing without a signature, but what says so', () => {
    expect(signed).toMatchObject({ forceCodeSigning: true, mac: { notarize: true, hardenedRuntime: true } })
    expect(signed.win).toMatchObject({
      verifyUpdateCodeSignature: true,
      signtoolOptions: { publisherName: ['Sakura Inc.'] },
    })
    expect(unsigned).toMatchObject({ forceCodeSigning: false, publish: null, mac: { notarize: false } })
  })

  it('writes a place of updates only where their signature is looked at', () => {
    expect(signed.publish).toMatchObject({ provider: 'generic' })
    expect(signed.linux?.publish).toBeNull()
  })

  it('installs on Windows for one user, without questions, and leaves the data when it goes', () => {
    expect(signed.win?.target).toEqual({ target: 'nsis', arch: 'x64' })
    expect(signed.nsis).toMatchObject({ oneClick: true, perMachine: false, deleteAppDataOnUninstall: false })
  })

  it('gives up of the hardened runtime only what V8 needs', () => {
    const file = signed.mac?.entitlements ?? ''
    expect(signed.mac?.entitlementsInherit).toBe(file)
    const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
    expect([...text.matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key)).toEqual(['com.apple.security.cs.allow-jit'])
  })
})

describe('the icons', () => {
  it('are drawn for all three systems', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zairyu-icons-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    await drawIcons(folder)
    const read = (name: string) => readFileSync(join(folder, name))
    expect(readdirSync(folder).filter((name) => name.endsWith('.png'))).toHaveLength(9)
    const largest = read('1024x1024.png')
    expect([largest.toString('latin1', 1, 4), largest.readUInt32BE(16), largest.readUInt32BE(20)]).toEqual([
      'PNG',
      1024,
      1024,
    ])
    const ico = read('icon.ico')
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + index * 16) || 256)
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
    const icns = read('icon.icns')
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length])
    for (const type of ['ic04', 'ic05', 'ic07', 'ic08', 'ic09', 'ic10']) expect(icns.includes(type)).toBe(true)
  })
})
