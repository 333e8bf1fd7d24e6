import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { forgetKeptSession, keepSession, takeKeptSession } from '#main/desktop/kept-session'
import { sessionCookies } from '#main/desktop/session-cookies'

const vault = {
  seal: (secret: string) => Promise.resolve(Buffer.from(secret).toString('hex')),
  open: (sealed: string) => Promise.resolve(Buffer.from(sealed, 'hex').toString()),
}
const COOKIES = 'zairyu_session=abc=; staff=d'

function machine(findKeychain = () => Promise.resolve<typeof vault | null>(vault)) {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-session-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const start = () => ({ folder, session: sessionCookies(), findKeychain })
  const loggedIn = () => {
    const parts = start()
    parts.session.restore(COOKIES)
    return parts
  }
  return { folder, start, loggedIn }
}

describe('a session that is kept', () => {
  it('is there at the next start, once', async () => {
    const { folder, start, loggedIn } = machine()
    await keepSession(loggedIn())
    const second = start()
    await takeKeptSession(second)
    expect(second.session.header()).toBe(COOKIES)
    expect(readdirSync(folder)).toEqual([])
    const third = start()
    await takeKeptSession(third)
    expect(third.session.header()).toBeNull()
  })

  it('never lies open', async () => {
    const { folder, loggedIn } = machine()
    await keepSession(loggedIn())
    expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')).not.toContain('abc')
  })

  it.each([
    { what: 'there is no keychain', findKeychain: () => Promise.resolve(null) },
    { what: 'the keychain refuses', findKeychain: () => Promise.reject(new Error('refused')) },
  ])('is not written where $what', async ({ findKeychain }) => {
    const { folder, loggedIn } = machine(findKeychain)
    await keepSession(loggedIn())
    expect(readdirSync(folder)).toEqual([])
  })

  it('is not written where nobody is logged in', async () => {
    const { folder, start } = machine()
    await keepSession(start())
    expect(readdirSync(folder)).toEqual([])
  })

  it('that was sealed elsewhere is none', async () => {
    const { folder, start, loggedIn } = machine()
    await keepSession(loggedIn())
    const refusing = { ...vault, open: () => Promise.reject(new Error('sealed elsewhere')) }
    const second = { ...start(), findKeychain: () => Promise.resolve(refusing) }
    await takeKeptSession(second)
    expect(second.session.header()).toBeNull()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is forgotten', async () => {
    const { folder, loggedIn } = machine()
    await keepSession(loggedIn())
    forgetKeptSession(folder)
    expect(readdirSync(folder)).toEqual([])
  })
})
