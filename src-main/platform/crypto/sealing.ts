import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../config/config'
import { newId } from '../ids'

/** A key of 256 bits under which secrets lie in the database. It lies in a file of its own, so that no backup holds both. */
export type SealingKey = Buffer

const BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Reads the sealing key; null when there is no such file.
 * @throws ConfigError with one line for the reader when there is one that cannot be used: it is never written over
 */
export function readSealingKey(file: string): SealingKey | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    throw new ConfigError(`${file} (the key under which secrets are kept) cannot be read: ${code}`)
  }
  const key = /^[\w-]{43}$/.test(text.trim()) ? Buffer.from(text.trim(), 'base64url') : null
  if (key?.length !== BYTES)
    throw new ConfigError(
      `${file} does not hold a sealing key; put the operator's copy in its place, or move the file away to have a new key made`,
    )
  return key
}

/** The sealing key of a file, made where there is none; two processes that start at once get the same. 0600. */
export function getOrCreateSealingKey(file: string): SealingKey {
  const found = readSealingKey(file)
  if (found) return found
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const whole = `${file}.${newId()}`
  const handle = openSync(whole, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(BYTES).toString('base64url')}\n`)
    fsyncSync(handle)
    // A link fails where another process was faster; a rename would replace its key.
    linkSync(whole, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    rmSync(whole, { force: true })
  }
  const key = readSealingKey(file)
  if (!key) throw new ConfigError(`${file} (the key under which secrets are kept) cannot be kept`)
  return key
}

/** A secret that only the key opens (AES-256-GCM); `name` says what it is, and opens with it. */
export function seal(key: SealingKey, secret: string, name: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url')
}

/** What was sealed under this key and name; null when it was not. */
export function unseal(key: SealingKey, sealed: string, name: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  try {
    const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(-TAG_BYTES))
    const opened = opener.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([opened, opener.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** A secret of its own for one purpose: it need not be kept anywhere, and tells nothing of the key. */
export const derivedSecret = (key: SealingKey, purpose: string): string =>
  createHmac('sha256', key).update(purpose).digest('base64url')
