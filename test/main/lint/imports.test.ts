import { describe, expect, it } from 'vitest'
import { complaints } from './lint'

const IMPORTS = '@typescript-eslint/no-restricted-imports'

/** The role table of STYLE.md: what a file may import, and what it must not. Lines are imports as they would be written. */
const ROLES: Record<string, { file: string; allowed: string[]; refused: string[] }> = {
  'a rule': {
    file: 'src-main/features/account/account.rules.ts',
    allowed: [
      "import { accept, type Result } from '../../platform/result'",
      "import { accept } from '#main/platform/result'",
      "import { isLocked } from '../session/session.rules'",
      "import { Temporal } from 'temporal-polyfill'",
      "import * as z from 'zod/mini'",
      "import { normalizeUserId } from '#domain/user-id'",
      "import type { AccountRow } from '../../database/tables/account.table'",
      "import type { Context } from 'hono'",
    ],
    refused: [
      "import { findAccount } from './account.repo'",
      "import { Hono } from 'hono'",
      "import { systemClock } from '../../platform/clock'",
      "import { newToken } from '#main/platform/ids'",
      "import { randomBytes } from 'node:crypto'",
      "import { sql } from 'kysely'",
      "import type { App } from 'electron'",
      "export { findAccount } from './account.repo'",
    ],
  },
  'a contract': {
    file: 'src-preload/contract/http/account/account.ts',
    allowed: ["import * as z from 'zod/mini'", "import { emailField } from '../fields'"],
    refused: [
      "import { Temporal } from 'temporal-polyfill'",
      "import type { AccountRow } from '../../src-main/database/tables/account.table'",
      "import type { App } from '#main/app/http-app'",
      "import { ipcRenderer } from 'electron'",
      "import { ref } from 'vue'",
    ],
  },
  'a table': {
    file: 'src-main/database/tables/account.table.ts',
    allowed: [
      "import type { Generated } from 'kysely'",
      "import type { Category } from '#contract/http/account/account'",
    ],
    refused: ["import { sql } from 'kysely'", "import { findAccount } from './account.repo'"],
  },
  'a repo': {
    file: 'src-main/features/account/account.repo.ts',
    allowed: [
      "import { sql } from 'kysely'",
      "import type { Db } from '../../database/open'",
      "import { readAppMetadata } from '../../database/facts'",
      "import type { AccountRow } from '../../database/tables/account.table'",
      "import { type LinkKind, containsUserId } from './account.rules'",
      "import { instantText } from '../../platform/clock'",
    ],
    refused: [
      "import { Hono } from 'hono'",
      "import { problem } from '../../http/problem'",
      "import { queueMail } from '../../mail/outbox'",
      "import { hashPassword } from '../../platform/passwords'",
      "import argon2 from 'argon2'",
      "import { accountRoutes } from './account.routes'",
      "import { registrationMail } from './account.mail'",
    ],
  },
  'an action': {
    file: 'src-main/features/my-page/change-password.action.ts',
    allowed: [
      "import { Temporal } from 'temporal-polyfill'",
      "import type { Db } from '../../database/open'",
      "import { updateAccount } from './account.repo'",
      "import { openLink } from './account.rules'",
      "import { passwordChangedMail } from '../account/account.mail'",
      "import { endSessions } from '../session/end-sessions.action'",
      "import { enqueueMail } from '../../mail/outbox'",
      "import { writeAudit } from '../../database/audit'",
      "import { accept } from '../../platform/result'",
    ],
    refused: [
      "import { Hono } from 'hono'",
      "import { sql } from 'kysely'",
      "import { problem } from '../../http/problem'",
      "import { accountRoutes } from './account.routes'",
      "import argon2 from 'argon2'",
    ],
  },
  'a route': {
    file: 'src-main/features/registration/registration.routes.ts',
    allowed: [
      "import { Hono } from 'hono'",
      "import { getCookie } from 'hono/cookie'",
      "import { findAccount } from './account.repo'",
      "import { openLink } from './account.rules'",
      "import { registrationMail } from './account.mail'",
      "import { queueMail } from '../../mail/outbox'",
      "import { problem } from '../../http/problem'",
      "import { certificateSheet } from './certificate-sheet.query'",
      "import type { AccountRow } from '../../database/tables/account.table'",
    ],
    refused: [
      "import { sql } from 'kysely'",
      "import Database from 'better-sqlite3'",
      "import argon2 from 'argon2'",
      "import { readFile } from 'node:fs/promises'",
      "import { createTransport } from 'nodemailer'",
      "import { sessionRoutes } from '../session/session.routes'",
      "import { commonPasswords } from './common-passwords'",
      "import { compose } from '../../app/compose'",
    ],
  },
  'a query': {
    file: 'src-main/features/verification/cancelled-list.query.ts',
    allowed: [
      "import { listCancelled } from './verification.repo'",
      "import { composeMail } from '../../mail/composer/composer'",
      "import type { Db } from '../../database/open'",
    ],
    refused: [
      "import { sql } from 'kysely'",
      "import { Hono } from 'hono'",
      "import { Command } from 'commander'",
      "import { createTransport } from 'nodemailer'",
      "import { verificationRoutes } from './verification.routes'",
      "import { compose } from '../../app/compose'",
      "import { app } from 'electron'",
    ],
  },
  'what works on files': {
    file: 'src-main/features/backup/restore.files.ts',
    allowed: ["import { readFileSync } from 'node:fs'", "import { copyDatabase } from '../../database/copy/copy'"],
    refused: ["import { sql } from 'kysely'", "import { backupCommand } from './backup.command'"],
  },
  'a job': {
    file: 'src-main/features/certificate/certificate.job.ts',
    allowed: [
      "import { dueReminders } from './certificate.repo'",
      "import { nextReminder } from './certificate.rules'",
      "import { queueMail } from '../../mail/outbox'",
    ],
    refused: ["import { sql } from 'kysely'", "import { Cron } from 'croner'", "import { app } from 'electron'"],
  },
  'a mail': {
    file: 'src-main/features/certificate/certificate.mail.ts',
    allowed: [
      "import { composeMail } from '../../mail/composer'",
      "import type { QueuedMail } from '../../mail/outbox'",
      "import { countryName } from './certificate.reference'",
      "import ja from '../../../resources/locales/ja/mail.json' with { type: 'json' }",
    ],
    refused: [
      "import { createTransport } from 'nodemailer'",
      "import { processDueMail } from '../../mail/delivery/worker'",
      "import { smtpTransport } from '../../mail/delivery/transports'",
      "import { findCertificate } from './certificate.repo'",
      "import { Hono } from 'hono'",
    ],
  },
  'a screen': {
    file: 'src-renderer/screens/account/register.ts',
    allowed: [
      "import { ref } from 'vue'",
      "import { useRouter } from 'vue-router'",
      "import { DialogRoot } from 'reka-ui'",
      "import { hc } from 'hono/client'",
      "import { registrationForm } from '#contract/http/account/account'",
      "import { useForm } from '../../composables/form'",
      "import TextField from '../../components/form/TextField.vue'",
      "import icon from '../../../resources/icons/globe.svg?raw'",
      "import type { Api } from '../../../src-main/app/http-app'",
      "import type { Api } from '#main/app/http-app'",
    ],
    refused: [
      "import { app } from '#main/app/http-app'",
      "import { app } from '../../../src-main/app/http-app'",
      "import { openLink } from '../../../src-main/features/account/account.rules'",
      "import { ipcRenderer } from 'electron'",
      "import type { IpcRenderer } from 'electron'",
      "import { readFile } from 'node:fs'",
      "import { Hono } from 'hono'",
      "import { bridge } from '../../../src-preload/index'",
      "import pino from 'pino'",
    ],
  },
  'the bridge': {
    file: 'src-preload/index.ts',
    allowed: [
      "import { contextBridge } from 'electron'",
      "import { ipcArguments } from './contract/ipc'",
      "import type { IpcCalls } from '#contract/ipc/ipc'",
    ],
    refused: [
      "import { compose } from '../src-main/app/compose'",
      "import { ref } from 'vue'",
      "import { readFile } from 'node:fs'",
      "import * as z from 'zod/mini'",
    ],
  },
  'the desktop shell': {
    file: 'src-main/desktop/windows.ts',
    allowed: ["import { BrowserWindow } from 'electron'", "import type { Service } from '../app/compose'"],
    refused: ["import { compose } from '../app/compose'", "import App from '../../src-renderer/App.vue'"],
  },
  'the entry of the desktop shell': {
    file: 'src-main/index.ts',
    allowed: ["import { app } from 'electron'", "import { compose } from './app/compose'"],
    refused: ["import App from '../src-renderer/App.vue'"],
  },
  'the service': {
    file: 'src-main/app/http-app.ts',
    allowed: ["import { accountRoutes } from '../features/account/account.routes'", "import { Hono } from 'hono'"],
    refused: [
      "import { app } from 'electron'",
      "import type { App } from 'electron'",
      "import electron from 'electron/main'",
      "import App from '../../src-renderer/App.vue'",
      "import { ref } from 'vue'",
      "import { compose } from '../app/compose'",
    ],
  },
  'the browser shell': {
    file: 'src-main/serve.ts',
    allowed: ["import { compose } from './app/compose'"],
    refused: ["import { app } from 'electron'", "import App from '../src-renderer/App.vue'"],
  },
}

describe.each(Object.entries(ROLES))('%s', (_, { file, allowed, refused }) => {
  it.each(allowed)('may: %s', async (line) => {
    expect(await complaints(file, line)).not.toContain(IMPORTS)
  })
  it.each(refused)('must not: %s', async (line) => {
    expect(await complaints(file, line)).toContain(IMPORTS)
  })
})

describe('a schema', () => {
  it.each([
    { line: "import * as z from 'zod/mini'", refused: false },
    { line: "import { z } from 'zod'", refused: true },
    { line: "import type { z } from 'zod'", refused: true },
    { line: "import * as z from 'zod/v4'", refused: true },
  ])('of $line', async ({ line, refused }) => {
    for (const file of [
      'src-preload/contract/http/account/account.ts',
      'src-main/http/validate.ts',
      'src-renderer/api/call.ts',
    ])
      expect((await complaints(file, line)).includes('no-restricted-imports')).toBe(refused)
  })
})

describe('a screen written in Vue', () => {
  it.each([
    { line: "import { openLink } from '#main/features/account/account.rules'", refused: true },
    { line: "import type { Api } from '#main/app/http-app'", refused: false },
  ])('$line', async ({ line, refused }) => {
    const found = await complaints(
      'src-renderer/screens/top/TopScreen.vue',
      `<script setup lang="ts">\n${line}\n</script>\n`,
    )
    expect(found.includes(IMPORTS)).toBe(refused)
  })
})
