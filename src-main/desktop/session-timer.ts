import * as z from 'zod/mini'
import { deadlinePhase, untilNextPhase, type SessionStatus } from '#domain/session-deadline'
import { instantText, type Clock } from '../platform/clock'

/** Ours: the longest sleep of the timer, so that a clock that was moved is noticed within a minute (DESIGN §10). */
const LOOK_EVERY_MS = 60_000

const HEALTH = '/api/v1/health'
const SESSION = '/api/v1/session'
const EXTENSION = '/api/v1/session/extension'

/** The little that is read here of the service's answers; the page reads all of them by the contract. */
const TOLD = {
  time: z.object({ now: z.iso.datetime({ offset: true }) }),
  deadline: z.object({ deadline: z.iso.datetime({ offset: true }) }),
  end: z.object({ code: z.literal('session.none') }),
}

export interface SessionTimerParts {
  /** The machine's time. The service's may be another one: a training clock, a far machine. */
  clock: Clock
  /** Calls `run` once after so many milliseconds; answers its undo. */
  schedule: (run: () => void, milliseconds: number) => () => void
  /** Asks the service, with the session attached. Its answer is also heard below. */
  ask: (method: 'GET' | 'POST', path: string) => Promise<Response>
  /** Tells the page. */
  tell: (status: SessionStatus) => void
}

export interface SessionTimer {
  /** Learns from an answer of the service, whoever asked; leaves its body unread. */
  heard(request: Request, answer: Response): Promise<void>
  /** Asks the service anew and answers what it says; never prolongs. Unreachable: what is known. */
  status(): Promise<SessionStatus>
  /** M2.6: 3 more hours. Throws `service.busy` when the service cannot be reached. */
  extend(): Promise<SessionStatus>
  /** The machine has slept, or was locked: all that was measured may be wrong. */
  lookAgain(): void
  /** The session is over here, whatever the service says. */
  forget(): void
  stop(): void
}

/**
 * M2.6 in the main process: knows until when the session lasts and tells the page when the time has come. It measures no
 * spans: at each look it asks the service for the time and the deadline and compares the two, so that sleep, a changed
 * clock and a moved training clock all end in the right state. Where the service cannot be reached, the deadline it gave holds.
 */
export function sessionTimer({ clock, schedule, ask, tell }: SessionTimerParts): SessionTimer {
  let deadline: string | null = null
  /** How far the service's clock is ahead of the machine's, in milliseconds. */
  let ahead = 0
  let knowsTime = false
  let cancel: () => void = () => undefined
  let looking: Promise<void> | null = null
  let stopped = false

  const now = () => instantText(clock.now().add({ milliseconds: ahead }))
  const current = (): SessionStatus => ({ deadline, now: now() })

  function sleep(): void {
    cancel()
    if (stopped || deadline === null) return
    const turn = untilNextPhase(deadline, now()) ?? 0
    cancel = schedule(() => void look(), Math.min(turn, LOOK_EVERY_MS))
  }

  function learnDeadline(learned: string | null): void {
    if (learned === deadline) return
    deadline = learned
    sleep()
    if (knowsTime || deadline === null) tell(current())
    else void look()
  }

  function learnTime(serviceNow: string): void {
    const found = Date.parse(serviceNow) - clock.now().epochMilliseconds
    const moved = Math.abs(found - ahead) > 1_000
    ahead = found
    knowsTime = true
    if (!moved || deadline === null) return
    sleep()
    tell(current())
  }

  async function lookNow(): Promise<void> {
    for (const path of [HEALTH, SESSION]) await ask('GET', path).catch(() => undefined)
    if (deadline === null) return
    if (deadlinePhase(deadline, now()) === 'over') deadline = null
    // Told even when nothing has changed: the page's own running time stands still while the machine sleeps.
    tell(current())
    sleep()
  }

  /** One look at a time. Who comes while it lasts may know more than it (the machine has slept): then a second one follows. */
  async function look(): Promise<void> {
    cancel()
    if (looking) {
      await looking
      return looking ?? look()
    }
    looking = lookNow()
    await looking
    looking = null
  }

  return {
    async heard(request, answer) {
      const { pathname } = new URL(request.url)
      if (answer.status === 401) {
        if (await read(TOLD.end, answer)) learnDeadline(null)
      } else if (answer.ok && pathname === HEALTH) {
        const told = await read(TOLD.time, answer)
        if (told) learnTime(told.now)
      } else if (answer.ok && pathname === SESSION && request.method === 'DELETE') {
        learnDeadline(null)
      } else if (answer.ok && (pathname === SESSION || pathname === EXTENSION)) {
        const told = await read(TOLD.deadline, answer)
        if (told) learnDeadline(told.deadline)
      }
    },
    async status() {
      await look()
      return current()
    },
    async extend() {
      const answer = await ask('POST', EXTENSION)
      if (!answer.ok && answer.status !== 401) throw new Error('service.busy')
      return current()
    },
    lookAgain: () => void look(),
    forget: () => {
      learnDeadline(null)
    },
    stop() {
      stopped = true
      cancel()
    },
  }
}

async function read<Told extends z.ZodMiniType>(told: Told, answer: Response): Promise<z.output<Told> | undefined> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  return told.safeParse(body).data
}
