import type { Configuration } from 'electron-builder'
import { readLock, unpackedPackages } from './scripts/build/external-packages.mjs'

/** What differs from one packaging to the next; `scripts/package.mjs` hands it over in the environment. */
export interface PackageChoice {
  /** For trying out only: no certificate is asked for, and the program made so never looks for updates. */
  unsigned: boolean
  /** The name in the certificate for Windows: an installed program takes an update from nobody else. */
  publisher: string | null
}

/** Where `scripts/packaging/icons.mjs` puts the icons that it draws from `resources/icons/zairyu.svg`. */
export const ICON_FOLDER = '.cache/icons'

/** Needed by electron-updater to know its folder; the feed itself is named by whoever installs (`updateUrl`). */
const NO_FEED = 'https://updates.invalid/'

/** Packages that are in the bundles already, or that only the terminal loads: a path of one of them is not packed. */
const UNPACKED = unpackedPackages(readLock(import.meta.dirname))

/**
 * What is packed, for a system that loads the natives of these names: the others are foreign programs. The whole list stands at each
 * system: what electron-builder finds there beside a list for all is a second one, and a list that only excludes packs all else.
 */
const packed = (sqlite: string, argon2: string) => [
  'out/**/*',
  '!out/.built-from',
  '!out/main/{cli,serve}.js',
  `!**/node_modules/{${UNPACKED.join(',')}}{,/**/*}`,
  '!**/*.{map,md,markdown,ts,mts,cts,flow}',
  '!**/node_modules/**/.*',
  '!**/node_modules/**/{test,tests,__tests__,example,examples,docs,benchmark,benchmarks}{,/**/*}',
  '!**/node_modules/**/{test,*.test,*.config}.{js,cjs,mjs}',
  '!**/node_modules/better-sqlite3/{src,deps}{,/**/*}',
  `!**/node_modules/better-sqlite3/prebuilds/!(${sqlite}.node)`,
  '!**/node_modules/{argon2,better-sqlite3}/{binding.gyp,*.cpp}',
  '!**/node_modules/argon2/{argon2,build}{,/**/*}',
  `!**/node_modules/argon2/prebuilds/!(${argon2}){,/**/*}`,
  '!**/node_modules/argon2/prebuilds/*/*.musl.node',
]

/** The natives of both kinds of Mac lie in both halves of the universal program; they need no merging. */
const MAC_PREBUILDS = '{**/better-sqlite3/prebuilds/*.node,**/argon2/prebuilds/**/*.node}'

/**
 * How electron-builder packs the program: the bundles in `out`, the packages that they load, nothing else. Every fuse of
 * Electron is set here, so that the packed program can be nothing but this program.
 */
export function packageConfiguration({ unsigned, publisher }: PackageChoice): Configuration {
  return {
    appId: 'jp.zairyu.desktop',
    productName: 'Zairyu',
    copyright: 'MIT licence',
    directories: { output: 'dist', buildResources: 'resources/packaging' },
    // FPM asks for a home page in a .deb; whoever publishes the program names theirs.
    extraMetadata: { homepage: 'https://example.jp/', desktopName: 'zairyu.desktop' },
    // Natives cannot be loaded out of the archive; all else stays in it, where its integrity is checked.
    asar: { smartUnpack: false },
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    electronLanguages: ['ja', 'en-US', 'zh-CN', 'zh-TW', 'ko', 'es', 'vi', 'fil'],
    electronFuses: {
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    protocols: [{ name: '在留申請オンラインシステム', schemes: ['zairyu'], role: 'Viewer' }],
    forceCodeSigning: !unsigned,
    publish: unsigned ? null : { provider: 'generic', url: NO_FEED },
    artifactName: 'zairyu-${version}-${os}-${arch}.${ext}',
    win: {
      target: { target: 'nsis', arch: 'x64' },
      icon: `${ICON_FOLDER}/icon.ico`,
      files: packed('win32-x64', 'win32-x64'),
      requestedExecutionLevel: 'asInvoker',
      verifyUpdateCodeSignature: true,
      signtoolOptions: {
        signingHashAlgorithms: ['sha256'],
        ...(publisher !== null && { publisherName: [publisher] }),
      },
    },
    nsis: {
      oneClick: true,
      perMachine: false,
      shortcutName: '在留申請オンラインシステム',
      // Data outlive the program: who removes it may come back.
      deleteAppDataOnUninstall: false,
      include: 'resources/packaging/installer.nsh',
      displayLanguageSelector: false,
      installerLanguages: ['ja_JP', 'en_US', 'zh_CN', 'zh_TW', 'ko_KR', 'es_ES', 'vi_VN'],
    },
    mac: {
      target: [
        { target: 'dmg', arch: 'universal' },
        // Squirrel updates from the zip.
        { target: 'zip', arch: 'universal' },
      ],
      category: 'public.app-category.business',
      icon: `${ICON_FOLDER}/icon.icns`,
      files: packed('darwin-*', 'darwin-*'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: 'resources/packaging/entitlements.mac.plist',
      entitlementsInherit: 'resources/packaging/entitlements.mac.plist',
      x64ArchFiles: MAC_PREBUILDS,
      mergeASARs: false,
      notarize: !unsigned,
      extendInfo: { CFBundleDisplayName: '在留申請オンラインシステム' },
    },
    dmg: { sign: false },
    linux: {
      target: [
        { target: 'AppImage', arch: ['x64', 'arm64'] },
        { target: 'deb', arch: ['x64', 'arm64'] },
      ],
      executableName: 'zairyu',
      icon: ICON_FOLDER,
      category: 'Office',
      maintainer: 'zairyu <noreply@example.jp>',
      synopsis: 'Receive a Certificate of Eligibility by e-mail and register its receipt',
      files: packed('linux-${arch}', 'linux-${arch}'),
      desktop: { entry: { Name: 'Zairyu', 'Name[ja]': '在留申請オンラインシステム', StartupWMClass: 'Zairyu' } },
      // No signature would be checked there: a package source or the operator brings the new version.
      publish: null,
    },
  }
}

export default packageConfiguration({
  unsigned: process.env['ZAIRYU_PACKAGE_UNSIGNED'] === '1',
  publisher: process.env['ZAIRYU_PUBLISHER'] || null,
})
