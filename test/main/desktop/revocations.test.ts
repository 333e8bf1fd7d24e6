import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sessionRevocations } from '#main/desktop/revocations'

const vault = {
  seal: (secret: string) => Promise.resolve(Buffer.from(secret).toString('hex')),
  open: (sealed: string) => Promise.resolve(Buffer.from(sealed, 'hex').toString()),
}
const COOKIES = 'zairyu_session=TOKEN'
const BOTH = ['/api/v1/session', '/api/v1/staff/session']

/** A machine whose programs start and end, and a service that may be away. */
function machine({ hasVault = true } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-revocations-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true })
  })
  const world = { isAway: true, now: Temporal.Instant.from('2026-11-22T00:00:00Z') }
  const heard: string[] = []
  const start = (service: string | null = 'https://far.example') => {
    const due: (() => void)[] = []
    const revocations = sessionRevocations({
      folder,
      service,
      findKeychain: () => Promise.resolve(hasVault ? vault : null),
      clock: { now: () => world.now },
      ask: (request) => {
        if (world.isAway) return Promise.resolve(new Response(null, { status: 503 }))
        expect(request.method).toBe('DELETE')
        expect(request.headers.get('cookie')).toBe(COOKIES)
        heard.push(new URL(request.url).pathname)
        return Promise.resolve(new Response(null, { status: 204 }))
      },
      schedule: (run) => due.push(run),
    })
    const pass = async () => {
      for (const run of due.splice(0)) run()
      await new Promise((done) => setImmediate(done))
      await new Promise((done) => setImmediate(done))
    }
    return { ...revocations, pass }
  }
  return { folder, world, heard, start, files: () => readdirSync(folder) }
}

describe('a session that is over here', () => {
  it('ends at a service that is there, and nothing is written', async () => {
    const { world, heard, start, files } = machine()
    world.isAway = false
    await start().revoke(COOKIES)
    expect(heard.sort()).toEqual(BOTH)
    expect(files()).toEqual([])
  })

  it('ends later at a service that was away, while the program runs', async () => {
    const { folder, world, heard, start, files } = machine()
    const program = start()
    await program.revoke(COOKIES)
    expect(files()).toEqual(['revocations.sealed'])
    expect(readFileSync(join(folder, 'revocations.sealed'), 'utf8')).not.toContain('TOKEN')
    await program.pass()
    expect(heard).toEqual([])
    world.isAway = false
    await program.pass()
    expect(heard.sort()).toEqual(BOTH)
    expect(files()).toEqual([])
  })

  it('ends by the next start, or by the one after it', async () => {
    const { world, heard, start, files } = machine()
    await start().revoke(COOKIES)
    await start().resume()
    expect(heard).toEqual([])
    world.isAway = false
    await start().resume()
    expect(heard.sort()).toEqual(BOTH)
    expect(files()).toEqual([])
    await start().resume()
    expect(heard).toHaveLength(2)
  })

  it('shows its token to nobody but the service that gave it', async () => {
    const { world, heard, start } = machine()
    await start().revoke(COOKIES)
    world.isAway = false
    await start('https://other.example').resume()
    await start(null).resume()
    expect(heard).toEqual([])
    await start().resume()
    expect(heard.sort()).toEqual(BOTH)
  })

  it.each([
    { after: 'PT23H59M59S', told: 2 },
    { after: 'PT24H', told: 0 },
  ])('is told to the service $told times $after later: then it has long ended by itself', async ({ after, told }) => {
    const { world, heard, start, files } = machine()
    await start().revoke(COOKIES)
    world.now = world.now.add(Temporal.Duration.from(after))
    world.isAway = false
    await start().resume()
    expect(heard).toHaveLength(told)
    expect(files()).toEqual([])
  })

  it('is not written where there is no keychain', async () => {
    const { start, files } = machine({ hasVault: false })
    await start().revoke(COOKIES)
    expect(files()).toEqual([])
  })
})
