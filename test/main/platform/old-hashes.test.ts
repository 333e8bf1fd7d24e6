import { pbkdf2Sync, randomBytes } from 'node:crypto'
import argon2 from 'argon2'
import bcrypt from 'bcryptjs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashProblem } from '#main/platform/crypto/legacy-hashes'
import { argonPasswords } from '#main/platform/crypto/passwords'
import { PASSWORD } from '../../support/samples'

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const SALT = randomBytes(16)
const digestOf = (digest: string, length: number, rounds = 1000) => pbkdf2Sync(PASSWORD, SALT, rounds, length, digest)
const pbkdf2 = (digest: string, bytes: Buffer, { rounds = 1000, length = '', salt = SALT } = {}) =>
  `$pbkdf2-${digest}$i=${rounds}${length}$${base64(salt)}$${base64(bytes)}`

const BCRYPT = bcrypt.hashSync(PASSWORD, 4)
const ARGON2 = await argon2.hash(PASSWORD, { memoryCost: 1024, timeCost: 1, parallelism: 1 })
const WHOLE = [
  ARGON2,
  await argon2.hash(PASSWORD, { memoryCost: 1024, hashLength: 16 }),
  BCRYPT,
  BCRYPT.replace('$2b$', '$2a$'),
  pbkdf2('sha1', digestOf('sha1', 20)),
  pbkdf2('sha256', digestOf('sha256', 32)),
  pbkdf2('sha512', digestOf('sha512', 64)),
  pbkdf2('sha512', digestOf('sha512', 32), { length: ',l=32' }),
  pbkdf2('sha256', digestOf('sha256', 32)).replaceAll('+', '.').replace('i=', ''),
]
const passwords = argonPasswords({ memoryCost: 1024 })

describe('a hash that another system made', () => {
  it('is known when it is whole', () => {
    for (const hash of WHOLE) expect([hash, hashProblem(hash)]).toEqual([hash, null])
  })

  it('is refused when any part of its end is missing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WHOLE), fc.integer({ min: 1, max: 100 }), (hash, missing) => {
        const digest = hash.lastIndexOf('$') + 1
        const cut = hash.slice(0, Math.max(hash.startsWith('$2') ? 7 : digest, hash.length - missing))
        // 32 bytes of argon2 that are cut to exactly 16 are as good as 16 of its own: 128 bits, and no password fits.
        fc.pre(!(hash.startsWith('$argon2') && cut.length - digest === 22))
        expect(hashProblem(cut)).toBe('hash.cut')
      }),
    )
  })

  it('is refused when its salt is shorter than 8 bytes', () => {
    for (let length = 0; length <= 8; length += 1) {
      const salt = randomBytes(length)
      const bytes = pbkdf2Sync(PASSWORD, salt, 1000, 32, 'sha256')
      expect(hashProblem(pbkdf2('sha256', bytes, { salt }))).toBe(length < 8 ? 'hash.cut' : null)
    }
  })

  it.each<[string, string]>([
    ['one byte', pbkdf2('sha256', digestOf('sha256', 1))],
    ['one byte, said so', pbkdf2('sha256', digestOf('sha256', 1), { length: ',l=1' })],
    ['19 bytes, said so', pbkdf2('sha256', digestOf('sha256', 19), { length: ',l=19' })],
    ['less than it says', pbkdf2('sha512', digestOf('sha512', 32), { length: ',l=64' })],
    ['sha512 as long as sha256, not said', pbkdf2('sha512', digestOf('sha512', 32))],
    ['more than its function makes', pbkdf2('sha1', digestOf('sha1', 32))],
  ])('is refused with a digest of another length: %s', (_, hash) => {
    expect(hashProblem(hash)).toBe('hash.cut')
  })

  it.each([
    [999, 'hash.cost'],
    [1000, null],
    [2_000_000, null],
    [2_000_001, 'hash.cost'],
    [999_999_999, 'hash.cost'],
  ])('has 1,000 to 2,000,000 rounds of PBKDF2: %i', (rounds, found) => {
    expect(hashProblem(pbkdf2('sha256', digestOf('sha256', 32), { rounds }))).toBe(found)
  })

  it.each([
    ['03', 'hash.cost'],
    ['04', null],
    ['15', null],
    ['16', 'hash.cost'],
    ['31', 'hash.cost'],
    ['99', 'hash.cost'],
  ])('has a bcrypt cost of 4 to 15: %s', (cost, found) => {
    expect(hashProblem(BCRYPT.replace('$04$', `$${cost}$`))).toBe(found)
  })

  it.each([
    ['m=1023,t=1,p=1', 'hash.cost'],
    ['m=1024,t=1,p=1', null],
    ['m=262144,t=4,p=16', null],
    ['m=262144,t=5,p=1', 'hash.cost'],
    ['m=262145,t=1,p=1', 'hash.cost'],
    ['m=4194304,t=1,p=1', 'hash.cost'],
    ['m=1024,t=0,p=1', 'hash.cost'],
    ['m=1024,t=17,p=1', 'hash.cost'],
    ['m=1024,t=1,p=0', 'hash.cost'],
    ['m=1024,t=1,p=17', 'hash.cost'],
    ['m=1024,m=1024,p=1', 'hash.unknown'],
  ])('asks argon2 for bearable work: %s', (parameters, found) => {
    expect(hashProblem(ARGON2.replace(/(?<=\$)[mtp]=[\d,=mtp]+(?=\$)/, parameters))).toBe(found)
  })

  it.each([
    '',
    '5f4dcc3b5aa765d61d8327deb882cf99',
    '$1$abc$def',
    '$argon2id$',
    '$2b$',
    '$pbkdf2-md5$i=1000$c2FsdHNhbHQ$c2FsdHNhbHQ',
  ])('is in a form that is known: %j', (hash) => {
    expect(hashProblem(hash)).toBe('hash.unknown')
  })

  it('that was taken in before it was refused opens to nobody, the right password included', async () => {
    const cut = pbkdf2('sha256', digestOf('sha256', 1))
    for (let tried = 0; tried < 2000; tried += 1)
      expect(await passwords.verify(cut, tried === 0 ? PASSWORD : `Wrong-2026-${tried}`)).toBe(false)
    expect(await passwords.verify(BCRYPT.replace('$04$', '$31$'), PASSWORD)).toBe(false)
    expect(await passwords.verify(ARGON2.replace('m=1024', 'm=4194304'), PASSWORD)).toBe(false)
  })
})
