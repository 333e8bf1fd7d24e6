import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compose } from '#main/app/compose'
import type { FindKeychain, Keychain } from '#main/mail/settings/mail-password'
import { readConfig } from '#main/platform/config/config'
import { argonPasswords } from '#main/platform/crypto/passwords'
import { runCli } from '../../support/cli'
import { openPortal, type Portal } from '../../support/portal'
import { addStaff, STAFF_PASSWORD } from '../../support/staff'

const SECRET = 'geheim/:@ #1'
const SERVER = { host: 'mail.example.jp', port: 465, tls: 'tls', user: 'immi@example.jp' }
const settingsOf = (portal: Portal) => readFileSync(join(portal.config.dataDir, 'settings.json'), 'utf8')

async function openOffice(): Promise<Portal> {
  const portal = await openPortal()
  await addStaff(portal, 'admin')
  return portal
}

/** A vault of one machine: what another one sealed it cannot open. */
const vaultOf = (machine: string): Keychain => ({
  seal: (secret) => Promise.resolve(Buffer.from(JSON.stringify([machine, secret])).toString('base64')),
  open: (sealed) => {
    const [sealedBy = '', secret = ''] = JSON.parse(Buffer.from(sealed, 'base64').toString()) as string[]
    return sealedBy === machine ? Promise.resolve(secret) : Promise.reject(new Error('another key'))
  },
})

/** The same data opened once more, in a shell with this vault; an admin asks and changes. */
async function inShell<T>(
  portal: Portal,
  vault: FindKeychain | undefined,
  use: (ask: (method: string, body?: unknown) => Promise<Record<string, unknown>>) => Promise<T>,
): Promise<T> {
  const config = readConfig(['--data', portal.config.dataDir], { ZAIRYU_LOG_LEVEL: 'silent' })
  const parts = { clock: { now: () => portal.now() }, passwords: argonPasswords({ memoryCost: 1024 }) }
  const service = await compose(config, { origins: [], hosts: null }, undefined, { ...parts, ...(vault && { vault }) })
  try {
    const call = (method: string, path: string, cookie: string, body?: unknown) =>
      service.fetch(
        new Request(`http://127.0.0.1/api/v1/staff/${path}`, {
          method,
          headers: { Cookie: cookie, 'Content-Type': 'application/json' },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      )
    const signedIn = await call('POST', 'session', '', { loginName: 'admin', password: STAFF_PASSWORD })
    const cookies = signedIn.headers.getSetCookie().map((line) => line.split(';')[0])
    return await use(async (method, body) => {
      const answer = await call(method, 'mail-settings', cookies.join('; '), body)
      return (await answer.json()) as Record<string, unknown>
    })
  } finally {
    await service.stop()
  }
}

describe('the password of the mail server in the system’s vault (DESIGN §9)', () => {
  const here: FindKeychain = () => Promise.resolve(vaultOf('here'))

  it('lies there and not in the settings file, and is there after a restart', async () => {
    const portal = await openOffice()
    await inShell(portal, here, async (ask) => {
      expect(await ask('PUT', { server: { ...SERVER, password: SECRET } })).toMatchObject({
        server: { ...SERVER, hasPassword: true },
        passwordPlace: 'vault',
      })
    })
    expect(settingsOf(portal)).not.toContain('geheim')
    await inShell(portal, here, async (ask) => {
      expect(await ask('GET')).toMatchObject({ server: { hasPassword: true }, passwordPlace: 'vault' })
      // What is not typed again stays, and stays sealed.
      expect(await ask('PUT', { server: SERVER, mailFrom: 'immi@moj.example.jp' })).toMatchObject({
        passwordPlace: 'vault',
      })
      expect(settingsOf(portal)).not.toContain('geheim')
      expect(await ask('PUT', { server: null })).toMatchObject({ server: null, passwordPlace: null })
    })
    expect(JSON.parse(settingsOf(portal))).toEqual({ mailFrom: 'immi@moj.example.jp' })
  })

  it('moves there from the file when a shell with a vault opens the data', async () => {
    const portal = await openOffice()
    await inShell(portal, undefined, async (ask) => {
      expect(await ask('PUT', { server: { ...SERVER, password: SECRET } })).toMatchObject({ passwordPlace: 'file' })
    })
    expect(settingsOf(portal)).toContain('geheim')
    await inShell(portal, here, async (ask) => {
      expect(await ask('GET')).toMatchObject({ server: { ...SERVER, hasPassword: true }, passwordPlace: 'vault' })
    })
    expect(settingsOf(portal)).not.toContain('geheim')
  })

  it.each([
    { where: 'in a shell without a vault', vault: undefined },
    { where: 'on another machine', vault: () => Promise.resolve(vaultOf('elsewhere')) },
    { where: 'with a vault that refuses', vault: () => Promise.reject(new Error('locked')) },
  ])('is asked for again $where; mail waits and nothing is lost', async ({ vault }) => {
    const portal = await openOffice()
    await inShell(portal, here, (ask) => ask('PUT', { server: { ...SERVER, password: SECRET } }))
    await inShell(portal, vault, async (ask) => {
      expect(await ask('GET')).toMatchObject({ server: { ...SERVER, hasPassword: true }, passwordPlace: 'locked' })
      expect((await ask('PUT', { server: SERVER }))['errors']).toEqual([
        { field: 'server.password', code: 'mail-server.password' },
      ])
      const typed = await ask('PUT', { server: { ...SERVER, password: SECRET } })
      expect(typed['passwordPlace']).not.toBe('locked')
    })
  })

  it('is told to whoever uses the command line, which cannot open it', async () => {
    const portal = await openOffice()
    await inShell(portal, here, (ask) => ask('PUT', { server: { ...SERVER, password: SECRET } }))
    await portal.askForRegistration('an@example.jp')
    const { id } = await portal.lastMailTo('an@example.jp')
    const data = ['--data', portal.config.dataDir]
    const retried = await runCli(['mail', 'retry', id, ...data])
    expect(retried).toMatchObject({ code: 1 })
    expect(retried.err).toContain('keychain of the desktop app')
    expect((await runCli(['doctor', ...data])).out).toContain('its password lies in the keychain')
    expect((await portal.lastMailTo('an@example.jp')).status).toBe('queued')
  })
})
