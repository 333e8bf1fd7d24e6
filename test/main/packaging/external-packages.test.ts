import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  bundledPackages,
  EXTERNAL_PACKAGES,
  readLock,
  unpackedPackages,
  withDependencies,
} from '../../../scripts/build/external-packages.mjs'

const lock = readLock(fileURLToPath(new URL('../../..', import.meta.url)))
const declared = Object.keys(lock.packages['']?.dependencies ?? {})

describe('the packages of the program', () => {
  it('are declared as dependencies, whether they are bundled or not', () => {
    expect([...bundledPackages(lock), ...EXTERNAL_PACKAGES].sort()).toEqual(declared.sort())
    expect(bundledPackages(lock)).toEqual(expect.arrayContaining(['hono', 'kysely', 'vue', 'zod']))
  })

  it('are packed only where the packed program loads them from beside the bundles', () => {
    const unpacked = unpackedPackages(lock)
    expect(unpacked).toEqual(expect.arrayContaining(['vue', 'hono', '@vue/shared', 'commander', 'cross-spawn']))
    for (const name of ['argon2', 'better-sqlite3', 'node-gyp-build', 'pino', 'nodemailer'])
      expect(unpacked).not.toContain(name)
  })

  it('bring their own dependencies, in the version that Node would find', () => {
    const packages = {
      '': { dependencies: { a: '1', b: '1' } },
      'node_modules/a': { dependencies: { b: '2' }, optionalDependencies: { absent: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': { dependencies: { a: '1' } },
    }
    expect(withDependencies({ packages }, ['a']).sort()).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ])
    expect(withDependencies({ packages }, ['a'], ['b'])).toEqual(['node_modules/a'])
  })
})
