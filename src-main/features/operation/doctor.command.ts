import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../platform/command'
import { examine } from './examine'

/** `doctor`: looks at folder, database, mail; 1 when something is wrong, with what it is. */
export function doctorCommand({ withStore, print }: CommandContext): Command {
  return new Command('doctor').description('look whether everything is in order').action(() =>
    withStore('read', async (store) => {
      const findings = (await examine(store)).map(({ what, ok, text }) => ({ what, ok, text }))
      const ok = findings.every((finding) => finding.ok)
      print(
        { ok, findings },
        findings.map(({ what, ok: good, text }) => `${good ? 'ok     ' : 'PROBLEM'}  ${what}: ${text}`).join('\n'),
      )
      if (!ok) throw new CommandFailure('Something is wrong.')
    }),
  )
}
