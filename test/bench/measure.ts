const SAMPLES = 31

/** The median time of one call in microseconds, after a warm-up; calls take turns, so that what disturbs one disturbs all. */
export async function medians<Name extends string>(
  calls: Record<Name, () => unknown>,
  { samples = SAMPLES, times = 1 }: { samples?: number; times?: number } = {},
): Promise<Record<Name, number>> {
  const names = Object.keys(calls) as Name[]
  const taken = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = -3; round < samples; round += 1)
    for (const name of names) {
      const begun = process.hrtime.bigint()
      for (let count = 0; count < times; count += 1) await calls[name]()
      if (round >= 0) taken[name].push(Number(process.hrtime.bigint() - begun) / 1000 / times)
    }
  const median = (values: number[]) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<Name, number>
}

/** One line a measurement: what, its time, its floor, and the ratio that counts. */
export function report(what: string, time: number, floorName: string, floor: number): void {
  const micro = (value: number) => (value < 1000 ? `${value.toFixed(1)} µs` : `${(value / 1000).toFixed(1)} ms`)
  process.stdout.write(
    `${what.padEnd(58)} ${micro(time).padStart(10)}   ${(time / floor).toFixed(2).padStart(7)} × ${floorName} (${micro(floor)})\n`,
  )
}
