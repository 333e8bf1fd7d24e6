/**
 * How often a value of one sample lies above one of the other (ties half): 0.5 when they cannot be told apart, 0 or 1 when they
 * never overlap. Its standard error at 80 values each is 0.046.
 */
export function separation(one: readonly number[], other: readonly number[]): number {
  const wins = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)))
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length
}

/**
 * Runs two things in turn (which one begins changes from pair to pair, so that neither always follows the other, and a machine that is
 * busy for a while is so for both), each timed alone, and answers how well the times tell them apart. A value is the shortest of
 * `tries` times, as who listens long enough could have it: what other work adds, on a busy machine, falls away. `rest` runs before
 * each, untimed.
 */
export async function separationOf(
  things: readonly [() => Promise<void>, () => Promise<void>],
  { samples = 80, tries = 1, rest = () => Promise.resolve() }: Measuring = {},
): Promise<number> {
  const times: [number[], number[]] = [[], []]
  for (let round = -5; round < samples; round += 1) {
    const shortest: [number, number] = [Infinity, Infinity]
    for (let run = 0; run < tries; run += 1)
      for (const which of (round + run) % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        await rest()
        const begun = process.hrtime.bigint()
        await things[which]()
        shortest[which] = Math.min(shortest[which], Number(process.hrtime.bigint() - begun))
      }
    if (round >= 0) for (const which of [0, 1] as const) times[which].push(shortest[which])
  }
  return separation(...times)
}

export interface Measuring {
  samples?: number
  tries?: number
  rest?: () => Promise<void>
}
