import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../command/command'
import { describeProblem } from '../../platform/plain-problem'
import { importAnnouncements } from './import-announcements.action'

/** `announcements import FILE.json` (DESIGN §10): the same id replaces. */
export function announcementsCommand({ withDataDirectory, print, readFile }: CommandContext): Command {
  const announcements = new Command('announcements').description('announcements of the top page')
  announcements
    .command('import')
    .description('write announcements from a JSON array; the same id replaces; all or none')
    .argument('<file>', 'JSON array of announcements')
    .action((file: string) =>
      withDataDirectory('write', async (dataDirectory) => {
        const taken = await importAnnouncements(
          dataDirectory.db,
          await readFile(file),
          'operator',
          dataDirectory.clock.now(),
        )
        if (!taken.ok)
          throw new CommandFailure(`Nothing was imported.\n${taken.problem.map(describeProblem).join('\n')}`)
        print({ written: taken.value }, `${taken.value} written`)
      }),
    )
  return announcements
}
