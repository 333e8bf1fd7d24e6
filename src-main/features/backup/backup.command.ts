import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../command/command'
import { systemClock } from '../../platform/clock'
import { isNotEmpty, writeBackup } from './backup-folder.files'
import { restoreData } from './restore.files'

const SHOWN = [
  ['accounts', 'accounts'],
  ['certificates', 'certificates'],
  ['applications', 'applications'],
  ['outbox', 'mails'],
] as const

/** What is in data, in a few words: `12 accounts, 3 certificates, …; newest entry of 2026-11-30T03:00:00.000Z`. */
function describeContent(counts: Readonly<Record<string, number>>, newestEntry: string | null): string {
  const rows = SHOWN.map(([table, word]) => `${counts[table] ?? 0} ${word}`).join(', ')
  return `${rows}; newest entry: ${newestEntry ?? 'none'}`
}

/** `backup DIR` (DESIGN §10): database and settings into an empty or new folder, also while the program runs. */
export function backupCommand({ withDataDirectory, print }: CommandContext): Command {
  return new Command('backup')
    .description('copy database and settings into an empty or new folder, also while the program runs')
    .argument('<folder>', 'empty or new')
    .action((folder: string) =>
      withDataDirectory('read', async (dataDirectory) => {
        const to = resolve(folder)
        if (isNotEmpty(to)) throw new CommandFailure(`${to} is not empty.`)
        const { dataDir, version, clock } = dataDirectory
        const made = await writeBackup({ dataDir, to, version, now: clock.now() })
        const { migration, counts, newestEntry, madeAt } = made
        print(
          { folder: to, madeAt, migration, counts, newestEntry },
          `Copied to ${to}\n${describeContent(counts, newestEntry)}\nIt holds people's data: keep it where only those read it who may.`,
        )
      }),
    )
}

/** `restore DIR --data NEW` (DESIGN §10): fills a data directory that no program uses; what it replaces is put aside. */
export function restoreCommand({ config, print }: CommandContext): Command {
  return new Command('restore')
    .description('fill a data directory from a backup, or from a data directory that no program uses')
    .argument('<folder>', 'what backup has written, or a copy made before an upgrade (a file)')
    .option('--replace', 'put the data that are there aside, into a folder replaced-…')
    .action(async (folder: string, { replace = false }: { replace?: boolean }) => {
      const from = resolve(folder)
      const { dataDir, keyFile } = config()
      const restored = await restoreData({ from, dataDir, replace, now: systemClock.now() })
      const sealing = keyFile ?? join(dataDir, 'signing.key')
      const lines = [
        `Restored into ${restored.folder}`,
        describeContent(restored.counts, restored.newestEntry),
        ...(existsSync(sealing)
          ? []
          : [
              `The file that opens the signing key is in no backup: put your copy at ${sealing}, or a new key is made at the next start.`,
            ]),
        ...(restored.replaced === null ? [] : [`What was there before is in ${restored.replaced}`]),
      ]
      print(restored, lines.join('\n'))
    })
}
