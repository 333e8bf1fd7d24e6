/**
 * What a packaging needs and does not find, before it begins: electron-builder itself would tell it after minutes, with a stack trace.
 */

const NAMES = { linux: 'Linux', mac: 'macOS', win: 'Windows' }
const HOSTS = { linux: 'linux', mac: 'darwin', win: 'win32' }

/** The flags of the command line, read; `wrong` is the first that is not understood. */
export function readPackageFlags(flags, host) {
  const systems = Object.keys(NAMES).filter((name) => flags.includes(`--${name}`))
  const own = Object.keys(HOSTS).find((name) => HOSTS[name] === host) ?? 'linux'
  const known = [...Object.keys(NAMES).map((name) => `--${name}`), '--dir', '--unsigned']
  return {
    systems: systems.length ? systems : [own],
    dir: flags.includes('--dir'),
    unsigned: flags.includes('--unsigned'),
    wrong: flags.find((flag) => !known.includes(flag)) ?? null,
  }
}

/**
 * One line for each thing that is missing, saying what to do about it; none when the packaging can begin.
 * @param {{ systems: string[], dir: boolean, unsigned: boolean }} wanted
 * @param {{ host: string, env: Record<string, string | undefined>, downloads: boolean, wine: boolean }} found
 * @returns {string[]}
 */
export function missingForPackage({ systems, dir, unsigned }, { host, env, downloads, wine }) {
  const missing = []
  const given = (...names) => names.some((name) => env[name])
  if (!downloads && !given('ZAIRYU_ELECTRON_DIST'))
    missing.push(
      "Electron's binary cannot be fetched: the network is missing; name a folder with its zip in ZAIRYU_ELECTRON_DIST.",
    )
  if (!downloads && !dir)
    missing.push('The tools that make installers cannot be fetched: the network is missing; --dir needs none.')
  for (const system of systems) {
    if (system === 'mac' && host !== 'darwin') {
      missing.push('macOS programs can be packed and signed on a Mac only.')
      continue
    }
    if (system === 'win' && host !== 'win32' && !dir && !wine)
      missing.push('Windows installers need a Windows machine, or wine, which is not installed here.')
    if (unsigned || dir || system === 'linux') continue
    if (system === 'win' && !given('WIN_CSC_LINK', 'CSC_LINK'))
      missing.push(
        'The certificate for Windows is missing: set WIN_CSC_LINK and WIN_CSC_KEY_PASSWORD, or try --unsigned.',
      )
    if (system === 'win' && !given('ZAIRYU_PUBLISHER'))
      missing.push(
        'ZAIRYU_PUBLISHER is not set: the name in the certificate, by which an installed program knows an update.',
      )
    if (system === 'mac' && !given('CSC_LINK', 'CSC_NAME'))
      missing.push(
        'The Developer ID certificate is missing: set CSC_LINK and CSC_KEY_PASSWORD, or CSC_NAME, or try --unsigned.',
      )
    if (system === 'mac' && !given('APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'))
      missing.push(
        'Notarisation needs APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER (or APPLE_ID …, APPLE_KEYCHAIN_PROFILE).',
      )
  }
  return missing
}
