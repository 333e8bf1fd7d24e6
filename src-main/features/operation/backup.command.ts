import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { checkFile, DATABASE_FILE, hasData } from '../../database/open'
import { CommandFailure, type CommandContext } from '../../platform/command'
import { SETTINGS_FILE } from '../../platform/settings-file'

const copySettings = (from: string, to: string) => {
  if (!existsSync(join(from, SETTINGS_FILE))) return
  copyFileSync(join(from, SETTINGS_FILE), join(to, SETTINGS_FILE))
  chmodSync(join(to, SETTINGS_FILE), 0o600)
}

/** `backup DIR` (DESIGN §10): database and settings into an empty or new folder, also while the program runs. */
export function backupCommand({ withStore, print }: CommandContext): Command {
  return new Command('backup')
    .description('copy database and settings into an empty or new folder, also while the program runs')
    .argument('<folder>', 'empty or new')
    .action((folder: string) =>
      withStore('read', async (store) => {
        const to = resolve(folder)
        if (existsSync(to) && readdirSync(to).length > 0) throw new CommandFailure(`${to} is not empty.`)
        mkdirSync(to, { recursive: true, mode: 0o700 })
        await store.backup(join(to, DATABASE_FILE))
        copySettings(store.dataDir, to)
        print({ folder: to }, `Copied to ${to}`)
      }),
    )
}

/** `restore DIR --data NEW` (DESIGN §10): fills a data directory that holds no data, so that nothing in use is overwritten. */
export function restoreCommand({ dataDir, print }: CommandContext): Command {
  return new Command('restore')
    .description('fill a data directory that holds no data yet from a backup')
    .argument('<folder>', 'what backup has written')
    .action((folder: string) => {
      const from = resolve(folder)
      const to = dataDir()
      if (!hasData(from)) throw new CommandFailure(`${from} is no backup: there is no ${DATABASE_FILE} in it.`)
      if (hasData(to)) throw new CommandFailure(`${to} holds data already; name a new folder with --data.`)
      const damage = checkFile(join(from, DATABASE_FILE))
      if (damage) throw new CommandFailure(`The backup is damaged: ${damage}`)
      mkdirSync(to, { recursive: true, mode: 0o700 })
      copyFileSync(join(from, DATABASE_FILE), join(to, DATABASE_FILE))
      chmodSync(join(to, DATABASE_FILE), 0o600)
      copySettings(from, to)
      print({ folder: to }, `Restored into ${to}`)
    })
}
