import type { Config } from '../../platform/config/config'
import { changeSettings } from '../../platform/config/settings-file'
import { readSmtpUrl, writeSmtpUrl, type SmtpTls } from '../../platform/config/smtp-url.rules'

/** Where the system keeps secrets for one user of the machine; only the desktop shell has one. */
export interface Keychain {
  /** The secret in a form that can only be opened here. Throws when the system refuses. */
  seal(secret: string): Promise<string>
  /** Throws when it was sealed elsewhere, or the system refuses. */
  open(sealed: string): Promise<string>
}

/** Asked for when it is needed, and not before: the system may want to ask the person. Null where it has no vault. */
export type FindKeychain = () => Promise<Keychain | null>

/** Where the password of the mail server lies; `locked` is in a vault that cannot be opened here. */
export type PasswordPlace = 'vault' | 'locked' | 'file' | 'variable'

/** What decides how mail goes out; `smtpUrl` is complete unless the password is locked. */
export interface MailConfig extends Pick<Config, 'smtpUrl' | 'smtpTls' | 'mailFrom' | 'mailSources'> {
  passwordPlace: PasswordPlace | null
}

const passwordOf = (smtpUrl: string) => readSmtpUrl(smtpUrl)?.password ?? ''

function withPassword(smtpUrl: string, password: string): string {
  const server = readSmtpUrl(smtpUrl)
  return server ? writeSmtpUrl({ ...server, password }) : smtpUrl
}

/** How mail goes out by the configuration, with the password out of the vault where it lies in one. */
export async function resolveMailConfig(
  { smtpUrl, smtpTls, smtpSealed, mailFrom, mailSources }: Config,
  findKeychain: FindKeychain,
): Promise<MailConfig> {
  const choice = { smtpUrl, smtpTls, mailFrom, mailSources }
  if (smtpUrl === null) return { ...choice, passwordPlace: null }
  if (mailSources.smtpUrl === 'variable' || smtpSealed === null) {
    const place = mailSources.smtpUrl === 'variable' ? 'variable' : 'file'
    return { ...choice, passwordPlace: passwordOf(smtpUrl) === '' ? null : place }
  }
  try {
    const password = await (await findKeychain())?.open(smtpSealed)
    if (password !== undefined) return { ...choice, smtpUrl: withPassword(smtpUrl, password), passwordPlace: 'vault' }
  } catch {
    // Sealed by another user or on another machine: the admin types it again.
  }
  return { ...choice, passwordPlace: 'locked' }
}

/** A password that stands in the settings file moves into the vault where there is one now. */
export async function migratePasswordToKeychain(
  dataDir: string,
  choice: MailConfig,
  findKeychain: FindKeychain,
): Promise<MailConfig> {
  if (choice.passwordPlace !== 'file') return choice
  const { file, passwordPlace } = await storeServer(choice.smtpUrl, choice.smtpTls, findKeychain)
  if (passwordPlace !== 'vault') return choice
  changeSettings(dataDir, { smtpUrl: file.smtpUrl, smtpSealed: file.smtpSealed })
  return { ...choice, passwordPlace }
}

/** A server as it is written into the settings file. */
export interface KeptServer {
  file: { smtpUrl: string | null; smtpTls: SmtpTls | null; smtpSealed: string | null }
  passwordPlace: 'vault' | 'file' | null
}

/** Puts the password of a server away: into the vault where there is one that works, else into the file beside the server. */
export async function storeServer(
  smtpUrl: string | null,
  smtpTls: SmtpTls | null,
  findKeychain: FindKeychain,
): Promise<KeptServer> {
  const password = smtpUrl === null ? '' : passwordOf(smtpUrl)
  if (smtpUrl === null || password === '') return { file: { smtpUrl, smtpTls, smtpSealed: null }, passwordPlace: null }
  try {
    const vault = await findKeychain()
    if (vault)
      return {
        file: { smtpUrl: withPassword(smtpUrl, ''), smtpTls, smtpSealed: await vault.seal(password) },
        passwordPlace: 'vault',
      }
  } catch {
    // A vault that refuses is none; what was typed is not lost.
  }
  return { file: { smtpUrl, smtpTls, smtpSealed: null }, passwordPlace: 'file' }
}
