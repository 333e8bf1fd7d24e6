import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from '#main/database/open'

interface Pause {
  /** Before which turn at the database the act stops, from 0. */
  at: number
  turns: number
  stopped: () => void
  goOn: Promise<void>
}

/** The act under way; `inTurn` while it has the database. */
const current = new AsyncLocalStorage<{ pause: Pause; inTurn: boolean }>()

interface Executor {
  provideConnection<T>(consumer: (connection: unknown) => Promise<T>, options?: unknown): Promise<T>
}

/**
 * Lets acts stop before a turn at the database, on all connections of the process. A statement of its own is a turn, a transaction is
 * one, too: nothing comes in between. Undone by what it returns.
 */
export function watchTurns(db: Db): () => void {
  const prototype = Object.getPrototypeOf(db.getExecutor()) as Executor
  const { provideConnection } = prototype
  prototype.provideConnection = async function <T>(
    this: Executor,
    consumer: (connection: unknown) => Promise<T>,
    options?: unknown,
  ): Promise<T> {
    const act = current.getStore()
    if (!act || act.inTurn) return provideConnection.call(this, consumer, options) as Promise<T>
    const { pause } = act
    if (pause.turns++ === pause.at) {
      pause.stopped()
      await pause.goOn
    }
    return current.run({ pause, inTurn: true }, () => provideConnection.call(this, consumer, options) as Promise<T>)
  }
  return () => {
    prototype.provideConnection = provideConnection
  }
}

/**
 * Runs `first` up to its turn `at` at the database, then `other` from beginning to end, then the rest of `first`. What `first` did
 * before that turn (reading who is signed in, hashing a password) is then as old as can be.
 * @returns both results, or null where `first` has fewer turns
 */
export async function interleave<A, B>(
  first: () => Promise<A>,
  other: () => Promise<B>,
  at: number,
): Promise<[A, B] | null> {
  let goOn = () => {}
  let stopped = () => {}
  const reached = new Promise<'reached'>((resolve) => (stopped = () => resolve('reached')))
  const released = new Promise<void>((resolve) => (goOn = resolve))
  const pause: Pause = { at, turns: 0, stopped, goOn: released }
  const running = current.run({ pause, inTurn: false }, first)
  if ((await Promise.race([reached, running.then(() => 'done' as const)])) === 'done') return null
  const between = await other()
  goOn()
  return [await running, between]
}
