import { Command } from 'commander'
import type { CommandContext } from '../../command/command'
import { runDueJobs } from '../../platform/scheduler'

/** `jobs run`: everything that is due now, at once. */
export function jobsCommand({ withDataDirectory, print }: CommandContext): Command {
  const jobs = new Command('jobs').description('what the program does by itself')
  jobs
    .command('run')
    .description('run everything that is due now')
    .action(() =>
      withDataDirectory('read', async (dataDirectory) => {
        const ran = await runDueJobs([dataDirectory.mailJob, ...dataDirectory.jobs], dataDirectory.clock.now())
        print({ ran }, ran.length > 0 ? `done: ${ran.join(', ')}` : 'Nothing was due.')
      }),
    )
  return jobs
}
