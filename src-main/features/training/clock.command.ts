import { Command, InvalidArgumentError } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { instantText } from '../../platform/clock'
import { CommandFailure, type CommandContext } from '../../command/command'

function readDuration(text: string): Temporal.Duration {
  try {
    const duration = Temporal.Duration.from(text)
    if (duration.sign > 0) return duration
  } catch {
    // said below
  }
  throw new InvalidArgumentError('a span like P7D, PT2H50M or P3M is needed')
}

function readInstant(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new InvalidArgumentError('an instant with zone like 2026-11-22T09:00:00+09:00 is needed')
  }
}

/** `clock show|advance|set`: the clock of training data (DESIGN §10). */
export function clockCommand({ withDataDirectory, print }: CommandContext): Command {
  const clock = new Command('clock').description('the clock of training data')
  const move = (find: (now: Temporal.Instant) => Temporal.Instant, jobs: boolean) =>
    withDataDirectory('write', async (dataDirectory) => {
      if (!dataDirectory.training) throw new CommandFailure('The clock can be moved in training data only.')
      await dataDirectory.setClock(find(dataDirectory.clock.now()), jobs)
      const now = instantText(dataDirectory.clock.now())
      print({ now }, now)
    })
  clock
    .command('show')
    .description('what time it is for the program')
    .action(() =>
      withDataDirectory('read', async (dataDirectory) => {
        if (!dataDirectory.training) throw new CommandFailure('Only training data have a clock of their own.')
        const now = instantText(dataDirectory.clock.now())
        print({ now }, now)
      }),
    )
  clock
    .command('advance')
    .description('move the clock forward; everything due in between runs, in order')
    .argument('<span>', 'ISO 8601, e.g. P7D, PT2H50M, P3M (calendar units in Tokyo)', readDuration)
    .option('--no-jobs', 'move the clock only, as if the program had been off')
    .action((span: Temporal.Duration, { jobs }: { jobs: boolean }) =>
      move((now) => now.toZonedDateTimeISO('Asia/Tokyo').add(span).toInstant(), jobs),
    )
  clock
    .command('set')
    .description('set the clock; everything due in between runs, in order')
    .argument('<instant>', 'ISO 8601 with zone', readInstant)
    .option('--no-jobs', 'move the clock only, as if the program had been off')
    .action((instant: Temporal.Instant, { jobs }: { jobs: boolean }) => move(() => instant, jobs))
  return clock
}
