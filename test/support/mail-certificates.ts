import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate as a server needs it. */
export interface ServerCertificate {
  key: string
  cert: string
}

/** An authority of its own with what it has signed. */
export interface Authority {
  /** To be trusted. */
  ca: string
  /** @param names as in a certificate: `IP:127.0.0.1`, `DNS:mail.example.jp`; @param days negative: has expired */
  sign(names: string, days?: number): ServerCertificate
}

export const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Makes an authority by openssl; the files are gone when `use` has made what it wants. */
export function withAuthority<T>(use: (authority: Authority) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-ca-'))
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const key = (name: string) => openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', name)
  try {
    key('ca.key')
    openssl('req', '-x509', '-new', '-key', 'ca.key', '-days', '3650', '-subj', '/CN=Test authority', '-out', 'ca.pem')
    const sign = (names: string, days = 3650): ServerCertificate => {
      key('own.key')
      openssl('req', '-new', '-key', 'own.key', '-subj', '/CN=mail', '-out', 'own.csr')
      writeFileSync(file('own.ext'), `subjectAltName=${names}\n`)
      const span =
        days < 0 ? ['-not_before', '20200101000000Z', '-not_after', '20200201000000Z'] : ['-days', String(days)]
      try {
        openssl(
          'x509',
          '-req',
          '-in',
          'own.csr',
          '-CA',
          'ca.pem',
          '-CAkey',
          'ca.key',
          '-set_serial',
          '7',
          ...span,
          '-extfile',
          'own.ext',
          '-out',
          'own.pem',
        )
      } catch {
        // Before OpenSSL 3.4 an end in the past is written as a negative number of days.
        openssl(
          'x509',
          '-req',
          '-in',
          'own.csr',
          '-CA',
          'ca.pem',
          '-CAkey',
          'ca.key',
          '-set_serial',
          '7',
          '-days',
          '-1',
          '-extfile',
          'own.ext',
          '-out',
          'own.pem',
        )
      }
      return { key: readFileSync(file('own.key'), 'utf8'), cert: readFileSync(file('own.pem'), 'utf8') }
    }
    return use({ ca: readFileSync(file('ca.pem'), 'utf8'), sign })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
