import { Command } from 'commander'
import { CommandFailure, type CommandContext } from '../../command/command'
import { describeProblem } from '../../platform/plain-problem'
import { processDueMail } from '../../mail/delivery/worker'
import { importCertificates } from './import-certificates.action'

/** `certificates import FILE.jsonl` (DESIGN §9): all lines or none; also while the program runs. */
export function certificatesCommand({ withDataDirectory, print, readFile }: CommandContext): Command {
  const certificates = new Command('certificates').description('Certificates of Eligibility')
  certificates
    .command('import')
    .description('issue certificates from JSON Lines and mail them; all lines or none')
    .argument('<file>', 'JSON Lines, one certificate a line')
    .action((file: string) =>
      withDataDirectory('write', async (dataDirectory) => {
        const taken = await importCertificates(
          dataDirectory.db,
          await readFile(file),
          { actor: 'operator', mailer: dataDirectory.mailer },
          dataDirectory.clock.now(),
        )
        if (!taken.ok) {
          const lines = taken.problem.flatMap(({ line, errors }) =>
            errors.map((error) => `line ${line}: ${describeProblem(error)}`),
          )
          throw new CommandFailure(`Nothing was imported.\n${lines.join('\n')}`, { cause: taken.problem })
        }
        if (dataDirectory.training) await processDueMail(dataDirectory.mail, dataDirectory.clock.now())
        const { issued, unchanged } = taken.value
        const skipped = unchanged.length > 0 ? `, ${unchanged.length} already there and unchanged` : ''
        print({ issued, unchanged }, `${issued} issued${skipped}`)
      }),
    )
  return certificates
}
