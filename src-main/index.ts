import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { compose, type Service } from './app/compose'
import { NewerDatabaseError } from './database/migrate'
import { registerAppScheme } from './desktop/app-scheme'
import { argumentsOfThisStart } from './desktop/installed-updates'
import { runKiosk } from './desktop/kiosk'
import { keepDumps, keepNoDumps } from './desktop/native-crashes'
import { APP_ORIGIN } from './desktop/sender.rules'
import { runShell, shellFolder } from './desktop/shell'
import { systemVault } from './desktop/vault'
import { DataProblemError } from './features/backup/data-problem.query'
import { ConfigError, readConfig, type Config } from './platform/config/config'
import { noteCrash } from './platform/log/crash-reports'
import { clearTextWarning } from './platform/config/public-url.rules'

const NO_CODE =
  'A kiosk needs an admin code, by which staff end it; set one with: npm run -s cli -- kiosk code (with --training or --data DIR as here)'

/** Ends the program with one line for the reader: on the terminal, and in a box when it was opened by its icon. */
function giveUp(error: unknown, config?: Config): void {
  const isForReader = [ConfigError, DataProblemError, NewerDatabaseError].some((kind) => error instanceof kind)
  const line =
    isForReader || !config ? String(error instanceof Error ? error.message : error) : noteCrash(config, error).line
  process.stderr.write(`${line}\n`)
  if (app.isPackaged) dialog.showErrorBox('在留申請オンラインシステム', line)
  app.exit(error instanceof ConfigError ? 2 : 1)
}

/** The shell that the operator wants: the usual one, or that of a shared machine. */
function shellFor(config: Config): (compose: () => Promise<Service>) => Promise<unknown> {
  const { kiosk } = config
  if (!kiosk) return (compose) => runShell(config, compose)
  const { code } = kiosk
  if (code === null) throw new ConfigError(NO_CODE)
  return (compose) => runKiosk({ ...config, kiosk: { ...kiosk, code } }, compose)
}

// No top-level await: Electron is ready only after this module has been read to its end.
registerAppScheme()
try {
  const config = readConfig(argumentsOfThisStart(), process.env)
  const run = shellFor(config)
  mkdirSync(shellFolder(config.dataDir), { recursive: true })
  // One instance a data directory: the lock lies in this folder.
  app.setPath('userData', shellFolder(config.dataDir))
  const dumps = config.kiosk ? keepNoDumps : keepDumps
  dumps(join(shellFolder(config.dataDir), 'crashes'))
  if (app.requestSingleInstanceLock())
    run(() => compose(config, { origins: [APP_ORIGIN], hosts: null }, undefined, { vault: systemVault })).then(
      (state) => {
        const warning = clearTextWarning(config.publicUrl, config.training)
        if (warning !== null) process.stderr.write(`${warning}\n`)
        if (state !== 'failed') process.stdout.write(`ready ${APP_ORIGIN}/\n`)
      },
      (error: unknown) => {
        giveUp(error, config)
      },
    )
  // The first instance was handed our arguments, with the link among them.
  else app.exit(0)
} catch (error) {
  giveUp(error)
}
