import { EventEmitter } from 'node:events'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { deadlinePhase, type SessionStatus } from '#domain/session-deadline'
import { sessionTimer } from '#main/desktop/session-timer'
import { instantText } from '#main/platform/clock'

const START = Temporal.Instant.from('2026-11-22T00:00:00Z')
const ms = (span: string) => Temporal.Duration.from(span).total('milliseconds')

/** A machine with a timer, and a service with a clock of its own somewhere else. */
function machine({ ahead = 'PT0S' }: { ahead?: string } = {}) {
  let machineNow = START
  let serviceAhead = ms(ahead)
  let reachable = true
  let lastMove: Temporal.Instant | null = null
  let due: { run: () => void; at: number } | null = null
  /** The timer's own time: it stands still while the machine sleeps, and does not follow a clock that is set. */
  let running = 0
  const told: SessionStatus[] = []
  const asked: string[] = []
  const power = new EventEmitter()

  const serviceNow = () => machineNow.add({ milliseconds: serviceAhead })
  const deadline = () => lastMove?.add({ hours: 3 }) ?? null
  const isOpen = () => {
    const ends = deadline()
    return ends !== null && Temporal.Instant.compare(serviceNow(), ends) < 0
  }
  const problem = (status: number, code: string) => Response.json({ code }, { status })

  function respond(method: string, path: string): Response {
    if (!reachable) return problem(503, 'service.busy')
    if (path === '/api/v1/health') return Response.json({ status: 'ok', now: instantText(serviceNow()) })
    if (method === 'DELETE') {
      lastMove = null
      return new Response(null, { status: 204 })
    }
    if (method === 'POST' && path === '/api/v1/session') lastMove = serviceNow()
    else if (!isOpen()) return problem(401, 'session.none')
    else if (method === 'POST') lastMove = serviceNow()
    return Response.json({ deadline: instantText(deadline() ?? START) })
  }

  /** A request of the page, or of the timer itself: both go through the same door. */
  async function request(method: string, path: string): Promise<Response> {
    asked.push(`${method} ${path}`)
    const answer = respond(method, path)
    await timer.heard(new Request(`app://main${path}`, { method }), answer)
    return answer
  }

  const timer = sessionTimer({
    clock: { now: () => machineNow },
    schedule: (run, milliseconds) => {
      const mine = { run, at: running + milliseconds }
      due = mine
      return () => {
        if (due === mine) due = null
      }
    },
    ask: request,
    tell: (status) => void told.push(status),
  })
  power.on('resume', () => {
    timer.lookAgain()
  })
  const settle = async () => {
    for (let round = 0; round < 20; round += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  return {
    told,
    asked,
    timer,
    page: async (method: string, path: string) => (await request(method, `/api/v1${path}`)).status,
    async logIn() {
      await request('POST', '/api/v1/session')
      await settle()
    },
    /** What a page shows that heard everything. */
    shown: () => {
      const last = told.at(-1)
      return last?.deadline ? deadlinePhase(last.deadline, last.now) : 'out'
    },
    /** Time passes and the timer runs. */
    async pass(span: string) {
      const end = running + ms(span)
      for (;;) {
        const next: { run: () => void; at: number } | null = due
        if (next === null || next.at > end) break
        machineNow = machineNow.add({ milliseconds: next.at - running })
        running = next.at
        due = null
        next.run()
        await settle()
      }
      machineNow = machineNow.add({ milliseconds: end - running })
      running = end
    },
    /** The machine sleeps: its clock goes on, its timers do not. */
    async sleep(span: string, wake: 'resume' | null = 'resume') {
      machineNow = machineNow.add(Temporal.Duration.from(span))
      if (wake) power.emit(wake)
      await settle()
    },
    setMachineClock: (span: string, serviceFollows: boolean) => {
      machineNow = machineNow.add(Temporal.Duration.from(span))
      if (!serviceFollows) serviceAhead -= ms(span)
    },
    setTrainingClock: (span: string) => {
      serviceAhead += ms(span)
    },
    cutOff: () => {
      reachable = false
    },
    isWaiting: () => due !== null,
  }
}

describe('the timer of the main process (M2.6)', () => {
  it.each(['PT0S', 'PT1H', '-P40D'])(
    'asks 10 minutes before, and logs out at 3 hours; service ahead by %s',
    async (ahead) => {
      const one = machine({ ahead })
      await one.logIn()
      await one.pass('PT2H49M59S')
      expect(one.shown()).toBe('quiet')
      await one.pass('PT1S')
      expect(one.shown()).toBe('asking')
      await one.pass('PT9M59S')
      expect(one.shown()).toBe('asking')
      await one.pass('PT1S')
      expect(one.shown()).toBe('out')
    },
  )

  it('starts anew with every move that the service hears of', async () => {
    const one = machine()
    await one.logIn()
    await one.pass('PT2H')
    await one.page('POST', '/session/extension')
    await one.pass('PT2H49M59S')
    expect(one.shown()).toBe('quiet')
    await one.pass('PT1S')
    expect(one.shown()).toBe('asking')
  })

  it('is not held up by questions: nothing but a move prolongs', async () => {
    const one = machine()
    await one.logIn()
    await one.pass('PT1H')
    await one.page('GET', '/session')
    await one.timer.status()
    await one.pass('PT2H')
    expect(one.shown()).toBe('out')
    expect(one.asked).not.toContain('POST /api/v1/session/extension')
  })

  it('extends by 3 hours when it is told to', async () => {
    const one = machine()
    await one.logIn()
    await one.pass('PT2H55M')
    expect(await one.timer.extend()).toEqual({
      deadline: '2026-11-22T05:55:00.000Z',
      now: '2026-11-22T02:55:00.000Z',
    })
    expect(one.shown()).toBe('quiet')
  })

  it('says so when it could not extend, and keeps the deadline', async () => {
    const one = machine()
    await one.logIn()
    await one.pass('PT2H55M')
    one.cutOff()
    await expect(one.timer.extend()).rejects.toThrow('service.busy')
    expect(one.shown()).toBe('asking')
    await one.pass('PT5M')
    expect(one.shown()).toBe('out')
  })

  it('answers that nobody is signed in when an extension comes too late', async () => {
    const one = machine()
    await one.logIn()
    one.setTrainingClock('PT3H')
    expect((await one.timer.extend()).deadline).toBeNull()
  })

  it.each([
    { slept: 'PT2H49M', shown: 'quiet' },
    { slept: 'PT2H55M', shown: 'asking' },
    { slept: 'PT8H', shown: 'out' },
  ])('shows $shown as soon as the machine wakes up after $slept', async ({ slept, shown }) => {
    const one = machine()
    await one.logIn()
    await one.sleep(slept)
    expect(one.shown()).toBe(shown)
    expect(one.isWaiting()).toBe(shown !== 'out')
  })

  it('tells the page the time after every sleep, because the time of the page stood still', async () => {
    const one = machine()
    await one.logIn()
    await one.sleep('PT20M')
    expect(one.told.at(-1)?.now).toBe('2026-11-22T00:20:00.000Z')
  })

  it('looks once more when the machine slept in the middle of a look', async () => {
    const one = machine()
    await one.logIn()
    const begun = one.timer.status()
    await one.sleep('PT2H55M')
    await begun
    expect(one.shown()).toBe('asking')
    expect(one.asked.filter((line) => line === 'GET /api/v1/health').length).toBeGreaterThanOrEqual(3)
  })

  it('notices within a minute that it slept where nobody says so', async () => {
    const one = machine()
    await one.logIn()
    await one.sleep('PT2H55M', null)
    await one.pass('PT1M')
    expect(one.shown()).toBe('asking')
  })

  it.each(['PT2H50M', 'PT3H'])('notices within a minute that the training clock was moved by %s', async (span) => {
    const one = machine()
    await one.logIn()
    one.setTrainingClock(span)
    await one.pass('PT1M')
    expect(one.shown()).toBe(span === 'PT3H' ? 'out' : 'asking')
  })

  it('notices at once when an answer of the service shows another time', async () => {
    const one = machine()
    await one.logIn()
    one.setTrainingClock('PT2H50M')
    await one.page('GET', '/health')
    expect(one.shown()).toBe('asking')
  })

  it('does not log out because the machine’s clock is set while the far service goes on', async () => {
    const one = machine({ ahead: 'PT5M' })
    await one.logIn()
    one.setMachineClock('PT24H', false)
    await one.pass('PT1M')
    expect(one.shown()).toBe('quiet')
    one.setMachineClock('-PT48H', false)
    await one.pass('PT2H48M59S')
    expect(one.shown()).toBe('quiet')
    await one.pass('PT1S')
    expect(one.shown()).toBe('asking')
  })

  it('follows the machine’s clock where the service lives by it', async () => {
    const one = machine()
    await one.logIn()
    one.setMachineClock('PT2H55M', true)
    await one.pass('PT1M')
    expect(one.shown()).toBe('asking')
  })

  it('ends at the deadline also when the service cannot be asked', async () => {
    const one = machine()
    await one.logIn()
    one.cutOff()
    await one.pass('PT2H59M59S')
    expect(one.shown()).toBe('asking')
    await one.pass('PT1S')
    expect(one.shown()).toBe('out')
  })

  it('rests when the reader logs out, when nobody has logged in, and when the program ends', async () => {
    const one = machine()
    expect(one.isWaiting()).toBe(false)
    await one.logIn()
    await one.page('DELETE', '/session')
    expect(one.shown()).toBe('out')
    expect(one.isWaiting()).toBe(false)
    await one.logIn()
    expect(one.isWaiting()).toBe(true)
    one.timer.stop()
    expect(one.isWaiting()).toBe(false)
    await one.page('POST', '/session/extension')
    expect(one.isWaiting()).toBe(false)
  })

  it('does not take a wrong password for the end of the session', async () => {
    const one = machine()
    await one.logIn()
    const wrong = Response.json({ code: 'session.wrong' }, { status: 401 })
    await one.timer.heard(new Request('app://main/api/v1/session', { method: 'POST' }), wrong)
    expect(one.isWaiting()).toBe(true)
    expect(await wrong.json()).toEqual({ code: 'session.wrong' })
  })

  it('is not led astray by an answer of another shape', async () => {
    const one = machine()
    await one.logIn()
    const before = one.told.length
    for (const body of ['<html>', '{}', '{"deadline":"tomorrow","now":7}', '[]'])
      for (const path of ['health', 'session'])
        await one.timer.heard(new Request(`app://main/api/v1/${path}`), new Response(body))
    expect(one.told).toHaveLength(before)
  })
})
