import { EventEmitter } from 'node:events'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { keepUpToDate, type Updater } from '#main/desktop/updates'

const START = Temporal.Instant.from('2026-11-22T00:00:00Z')
const MINUTE = 60_000

/** An installed program with a double of the updater; minutes pass when the test says so. */
function program({ loads = true } = {}) {
  let now = START
  let due: (() => void) | null = null
  const events = new EventEmitter()
  const did: string[] = []
  const said: string[] = []
  const state = {
    screen: '/',
    lastInput: START,
    signedIn: false,
    /** What the feed answers: nothing new, a version, or no answer. */
    feed: 'nothing' as 'nothing' | 'down' | 'broken' | { version: string },
    installs: true,
    whileAsking: () => undefined as undefined,
  }
  const updater: Updater = {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: true,
    disableWebInstaller: false,
    logger: console,
    setFeedURL: ({ url }) => did.push(`feed ${url}`),
    checkForUpdates: () => {
      did.push('check')
      const { feed } = state
      if (feed === 'down') return Promise.reject(new Error('ERR_CONNECTION_REFUSED'))
      if (feed === 'broken') return Promise.resolve({ downloadPromise: Promise.reject(new Error('sha512 mismatch')) })
      if (feed !== 'nothing') events.emit('update-downloaded', { version: feed.version })
      return Promise.resolve({ downloadPromise: null })
    },
    quitAndInstall: (...how) => {
      did.push(`install ${how.join()}`)
      if (!state.installs) events.emit('error', new Error('no installer'))
    },
    on: (event: string, listener: (...args: never[]) => void) => events.on(event, listener as () => void),
  }
  const end = keepUpToDate({
    feed: 'https://updates.example.jp',
    load: () => (loads ? Promise.resolve(updater) : Promise.reject(new Error('no module'))),
    clock: { now: () => now },
    schedule: (run) => {
      due = run
      return () => {
        if (due === run) due = null
      }
    },
    situation: () => ({ screen: state.screen, lastInput: state.lastInput }),
    someoneIsSignedIn: () => {
      did.push('ask')
      state.whileAsking()
      return Promise.resolve(state.signedIn)
    },
    stopService: () => {
      did.push('stop')
      return Promise.resolve()
    },
    startAgain: () => did.push('start again'),
    log: {
      info: (...words: unknown[]) => said.push(String(words.at(-1))),
      warn: (...words: unknown[]) => said.push(String(words.at(-1))),
    } as never,
  })

  /** Lets minutes pass, each with a look where one is due. */
  async function pass(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      now = now.add({ milliseconds: MINUTE })
      const run = due
      due = null
      run?.()
      await new Promise(setImmediate)
    }
  }
  const count = (what: string) => did.filter((one) => one === what).length
  return { pass, did, said, state, updater, end, count, touch: () => (state.lastInput = now) }
}

describe('an installed program', () => {
  it('asks the feed after the start, and every day', async () => {
    const { pass, did, count } = program()
    await pass(1)
    expect(did).toEqual(['feed https://updates.example.jp', 'check'])
    await pass(24 * 60 - 1)
    expect(count('check')).toBe(1)
    await pass(1)
    expect(count('check')).toBe(2)
  })

  it('fetches in the background and installs at the end of the program; never an older version', async () => {
    const { pass, updater } = program()
    await pass(1)
    expect(updater).toMatchObject({
      autoDownload: true,
      autoInstallOnAppQuit: true,
      allowDowngrade: false,
      disableWebInstaller: true,
    })
  })

  it('installs silently when nobody uses it, after the service has stopped, and starts again', async () => {
    const { pass, did, state } = program()
    state.feed = { version: '9.9.9' }
    await pass(14)
    expect(did).not.toContain('stop')
    await pass(1)
    expect(did.slice(-3)).toEqual(['ask', 'stop', 'install true,true'])
    await pass(60)
    expect(did.at(-1)).toBe('install true,true')
  })

  it('waits while somebody is signed in', async () => {
    const { pass, state, count, did } = program()
    state.feed = { version: '9.9.9' }
    state.signedIn = true
    await pass(120)
    expect(count('ask')).toBeGreaterThan(50)
    expect(did).not.toContain('stop')
    state.signedIn = false
    await pass(1)
    expect(did).toContain('install true,true')
  })

  it('waits while somebody types, and a quarter of an hour after it', async () => {
    const { pass, state, did, touch } = program()
    state.feed = { version: '9.9.9' }
    await pass(10)
    touch()
    await pass(14)
    expect(did).not.toContain('stop')
    await pass(1)
    expect(did).toContain('install true,true')
  })

  it('waits for who came back at the last moment', async () => {
    const { pass, state, did, touch } = program()
    state.feed = { version: '9.9.9' }
    state.whileAsking = () => void touch()
    await pass(15)
    expect(did).toContain('ask')
    expect(did).not.toContain('stop')
  })

  it('starts again as it was when the new version cannot be installed', async () => {
    const { pass, state, did } = program()
    state.feed = { version: '9.9.9' }
    state.installs = false
    await pass(15)
    expect(did.slice(-2)).toEqual(['install true,true', 'start again'])
  })

  it.each(['down', 'broken'] as const)('asks again after an hour when the feed is %s, and goes on', async (feed) => {
    const { pass, state, count, said } = program()
    state.feed = feed
    await pass(60)
    expect(count('check')).toBe(1)
    await pass(1)
    expect(count('check')).toBe(2)
    expect(said).toContain('update failed')
    expect(count('start again')).toBe(0)
  })

  it('goes on when the updater itself cannot be loaded', async () => {
    const { pass, said, did } = program({ loads: false })
    await pass(61)
    expect(said).toEqual(['update failed', 'update failed'])
    expect(did).toEqual([])
  })

  it('asks no more when it has ended', async () => {
    const { pass, end, count } = program()
    await pass(1)
    end()
    await pass(3 * 24 * 60)
    expect(count('check')).toBe(1)
  })
})
