import { arch, cpus, platform, release, totalmem } from 'node:os'
import type { DataDirectory } from '../../command/data-directory'
import { traitsOf } from '#contract/http/crash-report'
import { instantText, systemClock } from '../../platform/clock'
import type { Config } from '../../platform/config/config'
import { readReports } from '../../platform/log/crash-reports'
import { readLog } from '../../platform/log/log'
import { knownLine } from '../../platform/log/log-fields.rules'
import { readMailServer } from '../../mail/settings/mail-settings.rules'
import { runHealthChecks } from './health-checks.query'
import { countRows } from './support.repo'

/** Ours: what a person can scroll through before he hands it on. */
const LOG_LINES = 500

const isSet = (value: unknown) => (value === null ? 'none' : 'set')

/** Which settings are made; of addresses and servers only that there are any, since they may name people or carry passwords. */
function describeSettings(config: Config, dataDirectory: DataDirectory | null) {
  const { smtpUrl, smtpTls, passwordPlace } = dataDirectory?.mailChoice ?? { ...config, passwordPlace: null }
  const server = smtpUrl === null ? null : readMailServer(smtpUrl, smtpTls)
  return {
    port: config.port,
    logLevel: config.logLevel,
    mailServer: isSet(smtpUrl),
    mailServerReadable: config.mailProblem === null,
    mailServerEncryption: server?.tls ?? null,
    mailServerSource: config.mailSources.smtpUrl,
    mailServerPassword: passwordPlace,
    mailFromSource: config.mailSources.mailFrom,
    publicUrl: isSet(config.publicUrl),
    serviceUrl: isSet(config.serviceUrl),
  }
}

/** The value, or the traits of why there is none: what is broken is what the file is for. */
async function orWhyNot<T>(make: () => T | Promise<T>): Promise<T | { failed: ReturnType<typeof traitsOf> }> {
  try {
    return await make()
  } catch (thrown) {
    return { failed: traitsOf(thrown) }
  }
}

export interface SupportSources {
  config: Config
  shell: 'desktop' | 'browser' | 'command line'
  /** Null where it could not be opened, or lies elsewhere. */
  dataDirectory: DataDirectory | null
  /** Why the data directory could not be opened. */
  failed?: unknown
  /** What only the shell knows: codes and counts. */
  more?: Readonly<Record<string, string | number>>
}

/**
 * Everything that helps to find out what is wrong, as one text (JSON) that its reader can look through before he hands it on. It
 * holds versions, settings without values that name anybody, findings, counts, the last lines of the log and the crash reports;
 * no name, address, number of a person, token or mail is read for it, and it is made also where the service cannot start.
 */
export async function supportFile({
  config,
  shell,
  dataDirectory,
  failed,
  more = {},
}: SupportSources): Promise<string> {
  const content = {
    zairyuSupport: 1,
    madeAt: instantText(systemClock.now()),
    program: { version: config.version, shell, training: dataDirectory?.training ?? config.training, ...more },
    machine: {
      system: platform(),
      release: release(),
      architecture: arch(),
      processors: cpus().length,
      memoryMiB: Math.round(totalmem() / 1024 / 1024),
      node: process.versions.node,
    },
    settings: describeSettings(config, dataDirectory),
    findings: dataDirectory
      ? await orWhyNot(async () =>
          (await runHealthChecks(dataDirectory, { deep: false })).map(({ what, ok, facts }) => ({
            what,
            ok,
            ...facts,
          })),
        )
      : { failed: failed === undefined ? null : traitsOf(failed) },
    counts: dataDirectory ? await orWhyNot(() => countRows(dataDirectory.db)) : null,
    crashReports: readReports(config.dataDir),
    log: readLog(config.dataDir, LOG_LINES).flatMap((line) => knownLine(line) ?? []),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}
