import { Command, CommanderError } from 'commander'
import { commandContext } from './app/command-context'
import { openDataDirectory } from './app/compose'
import { NewerDatabaseError } from './database/migrate'
import { usersCommand } from './features/account-import/users.command'
import { announcementsCommand } from './features/announcement/announcement.command'
import { certificatesCommand } from './features/issue/certificates.command'
import { kioskCommand } from './features/kiosk/kiosk.command'
import { backupCommand, restoreCommand } from './features/backup/backup.command'
import { backupFolders } from './features/backup/backup-folder.files'
import { DataProblemError, explainDataProblem } from './features/backup/data-problem.query'
import { doctorCommand } from './features/diagnostics/doctor.command'
import { supportCommand } from './features/diagnostics/support.command'
import { mailCommand } from './features/outbox/mail.command'
import { staffCommand } from './features/staff/staff.command'
import { keysCommand } from './features/verification/keys.command'
import { clockCommand } from './features/training/clock.command'
import { jobsCommand } from './features/training/jobs.command'
import { CommandFailure } from './command/command'
import { ConfigError } from './platform/config/config'
import { noteCrash } from './platform/log/crash-reports'

const program = new Command('zairyu')
  .description('Works on the data directory of the program, also while it runs.')
  .option('--data <dir>', 'data directory')
  .option('--training', 'the default data directory of the training mode')
  .option('--json', 'answer in JSON')

const context = commandContext(openDataDirectory, () => program.opts())
const commands = [
  staffCommand,
  usersCommand,
  certificatesCommand,
  announcementsCommand,
  mailCommand,
  clockCommand,
  jobsCommand,
  backupCommand,
  restoreCommand,
  doctorCommand,
  kioskCommand,
  keysCommand,
  supportCommand,
]
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

/** Whether an error's own words are for the operator. */
const isForReader = (error: unknown): error is Error =>
  [CommandFailure, ConfigError, DataProblemError, NewerDatabaseError].some((kind) => error instanceof kind)

try {
  await program.parseAsync(process.argv)
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else if (isForReader(error)) {
    console.error(error.message)
    process.exitCode = error instanceof ConfigError ? 2 : 1
  } else {
    const config = context.config()
    const problem = await explainDataProblem(error, config.dataDir, backupFolders(config))
    console.error(problem?.message ?? noteCrash(config, error).line)
    process.exitCode = 1
  }
}
