import { Command } from 'commander'
import { NewerDatabaseError } from '../../database/migrate'
import { CommandFailure, type CommandContext } from '../../command/command'
import { ConfigError } from '../../platform/config/config'
import { nextStep } from './doctor.rules'
import { runHealthChecks, examineClosed, type Finding } from './health-checks.query'

/**
 * `doctor`: looks at folder, rights, disk, database, backups, mail, and says one next step for each that is not in order; 1 when there is
 * any. It looks at what it can also where the data cannot be opened.
 */
export function doctorCommand({ withDataDirectory, config, print }: CommandContext): Command {
  async function look(): Promise<Finding[]> {
    let findings: Finding[] = []
    try {
      await withDataDirectory('read', async (dataDirectory) => {
        findings = await runHealthChecks(dataDirectory, { deep: true })
      })
    } catch (thrown) {
      // What was asked for is impossible: that is no finding.
      if (thrown instanceof ConfigError) throw thrown
      const closed = await examineClosed(config(), thrown)
      if (thrown instanceof CommandFailure || thrown instanceof NewerDatabaseError) return closed
      return findings.length > 0 ? findings : closed
    }
    return findings
  }
  return new Command('doctor')
    .description('look whether everything is in order, and say what to do')
    .action(async () => {
      const findings = (await look()).map((finding) => ({ ...finding, next: nextStep(finding) }))
      const ok = findings.every((finding) => finding.ok)
      const lines = findings.flatMap(({ what, ok: good, text, next }) => [
        `${good ? 'ok     ' : 'PROBLEM'}  ${what}: ${text}`,
        ...(next ?? '').split('\n').flatMap((line) => (line === '' ? [] : [`         → ${line}`])),
      ])
      print(
        { ok, findings: findings.map(({ what, ok: good, text, next }) => ({ what, ok: good, text, next })) },
        lines.join('\n'),
      )
      if (!ok) throw new CommandFailure('Something is wrong.')
    })
}
