import { existsSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../command/command'
import { supportFile } from './support-file.query'

/** `support FILE`: the support file, also where the database cannot be opened; nothing that is there is written over. */
export function supportCommand({ withDataDirectory, config, print }: CommandContext): Command {
  return new Command('support')
    .description('write a file for the help desk: versions, findings, counts, log; nothing about any person')
    .argument('<file>', 'a new file')
    .action(async (name: string) => {
      const file = resolve(name)
      if (existsSync(file)) throw new CommandFailure(`${file} is there already; name a new file.`)
      const sources = { config: config(), shell: 'command line' } as const
      let text = ''
      try {
        await withDataDirectory('read', async (dataDirectory) => {
          text = await supportFile({ ...sources, dataDirectory })
        })
      } catch (failed) {
        text = await supportFile({ ...sources, dataDirectory: null, failed })
      }
      try {
        writeFileSync(file, text, { flag: 'wx', mode: 0o600 })
      } catch (error) {
        const { code = 'unknown reason' } = error as NodeJS.ErrnoException
        throw new CommandFailure(`${file} cannot be written (${code}).`)
      }
      print({ file }, `Written to ${file}`)
    })
}
