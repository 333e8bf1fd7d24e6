import { isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import envPaths from 'env-paths'
import * as z from 'zod/mini'
import { isEmail, typedEmail } from '#domain/text/email-address'
import type { KioskOptions } from '#domain/kiosk'
import { version } from '../../../package.json' with { type: 'json' }
import { divideAtLink } from './link-arguments.rules'
import { tellable } from './setting-text.rules'
import { readSettings, SETTINGS_FILE } from './settings-file'
import { readSmtpUrl, SMTP_TLS, smtpConnection, type SmtpTls, writeSmtpUrl } from './smtp-url.rules'

/** Where a setting comes from; what stands further to the left wins (DESIGN §1). */
export type SettingSource = 'variable' | 'file' | 'default'

/** Everything that an operator can choose, already validated. */
export interface Config {
  dataDir: string
  training: boolean
  port: number
  /** Written as `writeSmtpUrl` does, so that everybody reads the same user and password from it. */
  smtpUrl: string | null
  /** How mail travels to that server; null: as its URL says. */
  smtpTls: SmtpTls | null
  /** Why no mail can go out, as one line for the reader, where `readConfig` was told to go on without mail. */
  mailProblem: string | null
  /** The password of the server in `smtpUrl` as the vault of the desktop shell sealed it; null where it stands in the URL. */
  smtpSealed: string | null
  mailFrom: string
  /** Whether the mail settings may be changed while the program runs: those of variables may not. */
  mailSources: { smtpUrl: SettingSource; smtpTls: SettingSource; mailFrom: SettingSource }
  publicUrl: string | null
  serviceUrl: string | null
  /** Where the installed program looks for new versions of itself; null = nowhere. */
  updateUrl: string | null
  /** The file of the key under which secrets lie in the database; null = `signing.key` in the data directory. */
  keyFile: string | null
  logLevel: string
  /** The automatic backups: where they go, and how many days and weeks have one of their own; 0 and 0 = none are made. */
  backups: { dir: string; days: number; weeks: number }
  /** A shared machine at the counter; null where it is none. */
  kiosk: KioskConfig | null
  version: string
  browser: boolean
  open: boolean
}

/** A kiosk, as the operator has set it up. */
export interface KioskConfig extends KioskOptions {
  /** The admin code as argon2id; null where none is set. The desktop shell does not start without one. */
  code: string | null
}

/** A value that the program does not start with; the message is one line for the reader. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

export const DEFAULT_PORT = 4180
/** Ours: the address from which mail comes where nothing else is set. */
const DEFAULT_MAIL_FROM = 'noreply@example.jp'
/** Ours: a week back day by day, a month back week by week; copies hold people's data, who may have asked to be deleted since. */
const [BACKUP_DAYS, BACKUP_WEEKS] = [7, 4]
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const isUrl = (text: string, protocols: string[]) => URL.canParse(text) && protocols.includes(new URL(text).protocol)
/** Whoever reads the address would read the password, too. */
const hasLogin = (text: string) => new URL(text).username !== '' || new URL(text).password !== ''

interface SettingRow {
  flag?: string
  variable?: string
  allowed: string
  /** What is written there may hold a password, also where it is no URL. */
  secret?: true
  read(text: string): string | null
}

const SWITCH = { allowed: 'on or off', read: (text: string) => (['on', 'off'].includes(text) ? text : null) }

/** One row a setting: its names, what is allowed, and how the text is read (null = not allowed). */
const settings = {
  port: {
    flag: '--port',
    variable: 'ZAIRYU_PORT',
    allowed: 'a whole number from 0 to 65535 (0 = any free port)',
    read: (text: string) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? text : null),
  },
  smtpUrl: {
    variable: 'ZAIRYU_SMTP_URL',
    secret: true,
    allowed:
      'smtp://HOST:PORT or smtps://USER:PASSWORD@HOST:PORT and nothing behind it; signs like / ? # @ : % in USER and PASSWORD are written as %2F %3F %23 %40 %3A %25',
    read: (text: string) => {
      const server = readSmtpUrl(text)
      return server && writeSmtpUrl(server)
    },
  },
  smtpTls: {
    variable: 'ZAIRYU_SMTP_TLS',
    allowed: `${SMTP_TLS.join(', ')} (a password travels encrypted unless plain is chosen)`,
    read: (text: string) => SMTP_TLS.find((way) => way === text) ?? null,
  },
  smtpSealed: {
    secret: true,
    allowed: 'what the desktop app wrote there',
    read: (text: string) => (/^[A-Za-z0-9+/]+=*$/.test(text) ? text : null),
  },
  mailFrom: {
    variable: 'ZAIRYU_MAIL_FROM',
    allowed: 'an e-mail address',
    read: (text: string) => (isEmail(typedEmail(text)) ? typedEmail(text) : null),
  },
  publicUrl: {
    variable: 'ZAIRYU_PUBLIC_URL',
    secret: true,
    allowed: 'https://HOST/ or http://HOST:PORT/ without name, password and query',
    read: (text: string) =>
      isUrl(text, ['https:', 'http:']) && !hasLogin(text) && !new URL(text).search && !new URL(text).hash
        ? text.replace(/\/+$/, '')
        : null,
  },
  serviceUrl: {
    flag: '--service',
    variable: 'ZAIRYU_SERVICE_URL',
    secret: true,
    allowed: 'https://HOST/ without name and password',
    read: (text: string) => (isUrl(text, ['https:']) && !hasLogin(text) ? new URL(text).origin : null),
  },
  updateUrl: {
    variable: 'ZAIRYU_UPDATE_URL',
    secret: true,
    allowed: 'https://HOST/FOLDER without name and password',
    read: (text: string) =>
      isUrl(text, ['https:']) && !hasLogin(text) && !new URL(text).hash ? text.replace(/\/+$/, '') : null,
  },
  keyFile: {
    variable: 'ZAIRYU_KEY_FILE',
    allowed: 'the whole path of a file',
    read: (text: string) => (isAbsolute(text) ? resolve(text) : null),
  },
  backupDir: {
    variable: 'ZAIRYU_BACKUP_DIR',
    allowed: 'the whole path of a folder',
    read: (text: string) => (isAbsolute(text) ? text : null),
  },
  backupDays: {
    variable: 'ZAIRYU_BACKUP_DAYS',
    allowed: 'a whole number from 0 to 366 (0 days and 0 weeks = no automatic backup)',
    read: (text: string) => (/^\d{1,3}$/.test(text) && Number(text) <= 366 ? text : null),
  },
  backupWeeks: {
    variable: 'ZAIRYU_BACKUP_WEEKS',
    allowed: 'a whole number from 0 to 520 (0 days and 0 weeks = no automatic backup)',
    read: (text: string) => (/^\d{1,3}$/.test(text) && Number(text) <= 520 ? text : null),
  },
  kioskCode: {
    secret: true,
    allowed: 'what the command `kiosk code` wrote there',
    read: (text: string) => (text.startsWith('$argon2id$') ? text : null),
  },
  kioskPrint: { variable: 'ZAIRYU_KIOSK_PRINT', ...SWITCH },
  kioskKeyboard: { variable: 'ZAIRYU_KIOSK_KEYBOARD', ...SWITCH },
  logLevel: {
    variable: 'ZAIRYU_LOG_LEVEL',
    allowed: LOG_LEVELS.join(', '),
    read: (text: string) => (LOG_LEVELS.includes(text) ? text : null),
  },
} as const satisfies Record<string, SettingRow>
type Setting = keyof typeof settings

function readSetting(name: Setting, source: string, text: string): string {
  const row: SettingRow = settings[name]
  const value = row.read(text.trim())
  if (value === null)
    throw new ConfigError(`${source} is "${tellable(text.trim(), row.secret ?? false)}"; allowed: ${row.allowed}`)
  return value
}

function readSettingsFile(dataDir: string): Partial<Record<Setting, string>> {
  const names = Object.keys(settings) as [Setting, ...Setting[]]
  try {
    return z.partialRecord(z.enum(names), z.coerce.string()).parse(readSettings(dataDir))
  } catch {
    throw new ConfigError(
      `${join(dataDir, SETTINGS_FILE)} is not a JSON object of texts in UTF-8; allowed names: ${names.join(', ')}`,
    )
  }
}

const FLAGS = {
  browser: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  training: { type: 'boolean' },
  kiosk: { type: 'boolean' },
  port: { type: 'string' },
  data: { type: 'string' },
  service: { type: 'string' },
} as const

/** The names of all flags, without their hyphens. */
export const FLAG_NAMES: readonly string[] = Object.keys(FLAGS)

function readFlags(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: FLAGS, allowPositionals: true, strict: true })
  } catch (error) {
    const first = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)[0]
    throw new ConfigError(
      `${first}; allowed: ${Object.keys(FLAGS)
        .map((flag) => `--${flag}`)
        .join(', ')}`,
    )
  }
}

/** The folder in which data lie when nobody says otherwise; training data never share it. */
export function defaultDataDir(training: boolean): string {
  return envPaths(training ? 'zairyu-training' : 'zairyu', { suffix: '' }).data
}

/**
 * Reads flags (`argv` without node and script), variables and the settings file `DIR/settings.json`, in this order of
 * precedence (DESIGN §1). A link of a mail (`zairyu://…`) ends the flags: what follows it was perhaps written by a stranger.
 * @param onMailProblem `note`: a mail server that cannot be read stops nothing but mail; most commands do not need it
 * @throws ConfigError naming the variable or flag, the value (unless it may hold a password) and what is allowed
 */
export function readConfig(
  argv: string[],
  env: Record<string, string | undefined>,
  onMailProblem: 'stop' | 'note' = 'stop',
): Config {
  const { values: flags, positionals } = readFlags(divideAtLink(argv).flags)
  // What stands there by mistake may be a password: it is told by its place.
  if (positionals[0] !== undefined)
    throw new ConfigError(`Argument ${argv.indexOf(positionals[0]) + 1} is not understood; flags begin with --`)
  if (env['ZAIRYU_DATABASE_URL'])
    throw new ConfigError(
      'ZAIRYU_DATABASE_URL is set; allowed: nothing (the data are kept in an SQLite file in the data directory)',
    )
  const training = flags.training ?? false
  const dataDir = resolve(flags.data ?? env['ZAIRYU_DATA_DIR'] ?? defaultDataDir(training))
  const file = readSettingsFile(dataDir)
  const read = (name: Setting): string | null => {
    const row: SettingRow = settings[name]
    const flag = row.flag && flags[row.flag.slice(2) as 'port' | 'service']
    if (row.flag && flag !== undefined) return readSetting(name, row.flag, flag)
    const variable = row.variable && env[row.variable]
    if (row.variable && variable) return readSetting(name, row.variable, variable)
    const kept = file[name]
    return kept ? readSetting(name, `${name} in ${join(dataDir, SETTINGS_FILE)}`, kept) : null
  }
  const sourceOf = (name: 'smtpUrl' | 'smtpTls' | 'mailFrom'): SettingSource =>
    env[settings[name].variable] ? 'variable' : file[name] ? 'file' : 'default'
  const sources = { smtpUrl: sourceOf('smtpUrl'), smtpTls: sourceOf('smtpTls'), mailFrom: sourceOf('mailFrom') }
  // What the file says of its own server must not weaken the way to another one.
  if (sources.smtpUrl === 'variable' && sources.smtpTls === 'file') sources.smtpTls = 'default'
  const readServer = (): Pick<Config, 'smtpUrl' | 'smtpTls' | 'smtpSealed'> => {
    const smtpUrl = read('smtpUrl')
    const smtpTls = sources.smtpTls === 'default' ? null : (read('smtpTls') as SmtpTls | null)
    const server = smtpUrl === null ? null : readSmtpUrl(smtpUrl)
    if (server && smtpConnection(server, smtpTls) === null)
      throw new ConfigError(
        `${nameOf('smtpTls')} is "${smtpTls}", but ${nameOf('smtpUrl')} begins with smtps://; allowed: tls with smtps://, or smtp:// with plain, starttls or tls`,
      )
    return { smtpUrl, smtpTls, smtpSealed: sources.smtpUrl === 'file' ? read('smtpSealed') : null }
  }
  const nameOf = (name: 'smtpUrl' | 'smtpTls') =>
    sources[name] === 'variable' ? settings[name].variable : `${name} in ${join(dataDir, SETTINGS_FILE)}`
  let server: ReturnType<typeof readServer> = { smtpUrl: null, smtpTls: null, smtpSealed: null }
  let mailProblem: string | null = null
  try {
    server = readServer()
  } catch (error) {
    if (onMailProblem === 'stop' || !(error instanceof ConfigError)) throw error
    mailProblem = error.message
  }
  return {
    dataDir,
    training,
    port: Number(read('port') ?? DEFAULT_PORT),
    ...server,
    mailProblem,
    mailFrom: read('mailFrom') ?? DEFAULT_MAIL_FROM,
    mailSources: sources,
    publicUrl: read('publicUrl'),
    serviceUrl: read('serviceUrl'),
    updateUrl: read('updateUrl'),
    keyFile: read('keyFile'),
    logLevel: read('logLevel') ?? 'info',
    backups: {
      dir: read('backupDir') ?? join(dataDir, 'backups'),
      days: Number(read('backupDays') ?? BACKUP_DAYS),
      weeks: Number(read('backupWeeks') ?? BACKUP_WEEKS),
    },
    kiosk: flags.kiosk
      ? {
          code: read('kioskCode'),
          print: read('kioskPrint') === 'on',
          // A kiosk often has a screen to touch and nothing else.
          keyboard: read('kioskKeyboard') !== 'off',
        }
      : null,
    version,
    browser: flags.browser ?? false,
    open: !(flags['no-open'] ?? false),
  }
}
