import { readFile } from 'node:fs/promises'
import { Command, CommanderError } from 'commander'
import { openStore } from './compose'
import { NewerDatabaseError } from './database/migrate'
import { hasData } from './database/open'
import { usersCommand } from './features/account/users.command'
import { announcementsCommand } from './features/announcement/announcement.command'
import { certificatesCommand } from './features/certificate/certificate.command'
import { clockCommand } from './features/training/clock.command'
import { jobsCommand } from './features/training/jobs.command'
import { mailCommand } from './mail/mail.command'
import { CommandFailure, type CommandContext } from './platform/command'
import { ConfigError, readConfig } from './platform/config'

const program = new Command('zairyu')
  .description('Works on the data directory of the program, also while it runs.')
  .option('--data <dir>', 'data directory')
  .option('--training', 'the default data directory of the training mode')
  .option('--json', 'answer in JSON')

function open(access: 'read' | 'write') {
  const { data, training } = program.opts<{ data?: string; training?: true }>()
  const config = readConfig([...(data ? ['--data', data] : []), ...(training ? ['--training'] : [])], process.env)
  if (access === 'read' && !hasData(config.dataDir)) throw new CommandFailure(`There are no data in ${config.dataDir}.`)
  return openStore(config, true)
}

const context: CommandContext = {
  withStore: async (access, run) => {
    const store = await open(access)
    try {
      await run(store)
    } finally {
      await store.close()
    }
  },
  print: (json, text) => console.log(program.opts<{ json?: true }>().json ? JSON.stringify(json) : text),
  readFile: async (file) => {
    try {
      return await readFile(file, 'utf8')
    } catch (error) {
      throw new CommandFailure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`)
    }
  },
}

const commands = [usersCommand, certificatesCommand, announcementsCommand, mailCommand, clockCommand, jobsCommand]
for (const command of commands) program.addCommand(command(context))
for (const command of [program, ...program.commands, ...program.commands.flatMap((group) => group.commands)]) {
  if (command !== program)
    command
      .option('--data <dir>', 'data directory')
      .option('--json', 'answer in JSON')
      .option('--training', 'the training data')
  command.exitOverride().showHelpAfterError('(--help shows what there is)')
}
program.hook('preAction', (_, action) => {
  for (const [name, value] of Object.entries(action.opts()))
    if (['data', 'json', 'training'].includes(name)) program.setOptionValue(name, value)
})

try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (error instanceof CommandFailure || error instanceof NewerDatabaseError || error instanceof ConfigError) {
    console.error(error.message)
    process.exitCode = error instanceof ConfigError ? 2 : 1
  } else throw error
}
