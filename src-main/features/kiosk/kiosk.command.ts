import { mkdirSync } from 'node:fs'
import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../command/command'
import { openLog } from '../../platform/log/log'
import { argonPasswords } from '../../platform/crypto/passwords'
import { changeSettings } from '../../platform/config/settings-file'
import { askSecretly, firstLine } from '../../command/terminal'
import { readNewCode } from './kiosk.rules'

/**
 * `kiosk code`: sets the admin code, without which a kiosk of the desktop shell neither starts nor ends. It lies in
 * `settings.json`, not in the database: a kiosk with a service elsewhere has no database.
 */
export function kioskCommand({ dataDir, print }: CommandContext): Command {
  const kiosk = new Command('kiosk').description('a shared machine at the counter')
  const code = kiosk
    .command('code')
    .description('set the code with which staff end a kiosk; asked twice, never shown')
    .option('--code-stdin', 'read the code from standard input, for scripts')
    .action(async ({ codeStdin }: { codeStdin?: true }) => {
      if (!codeStdin && !process.stdin.isTTY)
        code.error('The code is asked on a terminal; for scripts: --code-stdin', { exitCode: 2 })
      const typed = codeStdin ? await firstLine(process.stdin) : await askTwice()
      const read = readNewCode(typed)
      if (!read.ok) throw new CommandFailure(read.problem)
      mkdirSync(dataDir(), { recursive: true })
      changeSettings(dataDir(), { kioskCode: await argonPasswords().hash(read.value) })
      openLog(dataDir(), 'info').info('kiosk code set')
      print({ set: true }, 'The code is set. A kiosk that runs already takes it after its next start.')
    })
  return kiosk
}

async function askTwice(): Promise<string> {
  const [first, second] = [await askSecretly('Code: '), await askSecretly('The same again: ')]
  if (first !== second) throw new CommandFailure('The two are not the same; nothing was changed.')
  return first
}
