import { describe, expect, it } from 'vitest'
import { ipcArguments } from '#contract/ipc/ipc'
import { answerCalls, tellPage } from '#main/desktop/ipc'

const OURS = { sender: { id: 1 }, senderFrame: { url: 'app://main/', parent: null } }

function shell(windowId: number | null = 1) {
  const answers = new Map<string, (event: object, ...args: unknown[]) => unknown>()
  const handle = (channel: string, handler: never) => void answers.set(channel, handler)
  answerCalls({ handle }, () => (windowId === null ? null : { id: windowId }), {
    'crash:report': () => undefined,
    'file:save': ({ name }) => (name === 'taken.csv' ? 'failed' : 'saved'),
    'kiosk:continue': () => undefined,
    'kiosk:finish': () => undefined,
    'kiosk:leave': () => ({ left: true }),
    'kiosk:status': () => ({ phase: 'fresh', left: 30_000 }),
    'link:take': () => '/register/x',
    'session:extend': () => ({ deadline: null, now: '2026-11-22T00:00:00.000Z' }),
    'session:status': () => ({ deadline: null, now: '2026-11-22T00:00:00.000Z' }),
    'shell:about': () => ({
      shell: 'desktop',
      version: '1',
      training: false,
      kiosk: false,
      engines: { electron: '1', chromium: '1', node: '1' },
    }),
    'shell:change-settings': () => undefined,
    'shell:language': () => undefined,
    'shell:settings': () => ({ logoutOnClose: true, staysLoggedIn: true }),
    'shell:failure': () => null,
    'shell:restart': () => undefined,
    'support:make': () => '{}',
  })
  return {
    answers,
    ask: (channel: string, event: object, ...args: unknown[]) => answers.get(channel)?.(event, ...args),
  }
}

describe('a call of the page', () => {
  it('is answered on the channels of the contract, and on no other', () => {
    const { answers, ask } = shell()
    expect([...answers.keys()]).toEqual(Object.keys(ipcArguments))
    expect(ask('link:take', OURS)).toBe('/register/x')
  })

  it.each([
    { who: 'another window', event: { ...OURS, sender: { id: 2 } } },
    {
      who: 'a page of another origin',
      event: { ...OURS, senderFrame: { url: 'https://evil.example/', parent: null } },
    },
    { who: 'a frame in the page', event: { ...OURS, senderFrame: { url: 'app://main/', parent: {} } } },
    { who: 'a frame that has gone', event: { ...OURS, senderFrame: null } },
  ])('is refused from $who', ({ event }) => {
    expect(() => shell().ask('link:take', event)).toThrow('ipc.sender')
  })

  it('is refused when there is no window', () => {
    expect(() => shell(null).ask('link:take', OURS)).toThrow('ipc.sender')
  })

  it('is refused with arguments that it does not have', () => {
    expect(() => shell().ask('link:take', OURS, 'more')).toThrow('ipc.arguments')
  })

  it('hands a file over under a plain name, and tells what became of it', () => {
    const { ask } = shell()
    expect(ask('file:save', OURS, { name: 'zairyu-AB12-2026-11-22.json', text: '{}' })).toBe('saved')
    expect(ask('file:save', OURS, { name: 'taken.csv', text: '' })).toBe('failed')
    for (const name of ['../a.csv', 'a/b.csv', 'a\\b.csv', '.csv', 'a', 'a.exe', 'a.csv\n', `${'a'.repeat(97)}.csv`])
      expect(() => ask('file:save', OURS, { name, text: '' })).toThrow('ipc.arguments')
    expect(() => ask('file:save', OURS, { name: 'a.csv', text: 1 })).toThrow('ipc.arguments')
  })
})

describe('an event for the page', () => {
  const page = (address: string) => {
    const told: unknown[][] = []
    return { told, getURL: () => address, send: (...what: unknown[]) => void told.push(what) }
  }

  it('reaches a page of ours', () => {
    const ours = page('app://main/')
    tellPage(ours, 'link:opened', '/register/x')
    expect(ours.told).toEqual([['link:opened', '/register/x']])
  })

  it('reaches no other page', () => {
    const other = page('https://evil.example/')
    tellPage(other, 'link:opened', '/register/x')
    expect(other.told).toEqual([])
  })
})
