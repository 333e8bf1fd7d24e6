import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import type { MailSettings } from '#contract/http/staff/admin'
import { instantText } from '../../platform/clock'
import { changeSettings } from '../../platform/config/settings-file'
import { writeJapanese } from '../mailer/japanese'
import { storeServer, type FindKeychain, type KeptServer, type MailConfig } from './mail-password'
import { readMailServer, type MailChange, type MailState } from './mail-settings.rules'
import {
  domainOf,
  renderStored,
  showSummary,
  type MailDraft,
  type MailSetting,
  type MailSummary,
} from '../mailer/outbox'
import type { Delivery } from '../delivery/transports'
import { retryNow, type DeliveryDeps } from '../delivery/worker'

/** How long a person before a screen waits for a mail server; the attempt goes on by itself. */
const PATIENCE = 20_000

/** A change with the password put away, ready to be written down. */
export interface PreparedChange {
  change: MailChange
  server: KeptServer | null
}

/** Mail in the hands of an admin, while the program runs. */
export interface MailSettingsService {
  /** What is set, without any secret. */
  settings(): MailSettings
  /** The same with what only rules may see. */
  state(): MailState
  /** What a stored mail needs to be shown. */
  place(): MailSetting
  /** Puts the password of a change away; the system may ask the person, so no transaction is open meanwhile. */
  prepare(change: MailChange): Promise<PreparedChange>
  /** Writes the change into the settings file and delivers by it from now on. Throws when the file cannot be written. */
  change(prepared: PreparedChange): void
  /** Hands a mail to the server at once, past the outbox; null when there is no server. */
  sendTestMail(draft: MailDraft, now: Temporal.Instant): Promise<Delivery | null>
  /** Tries a mail of the outbox at once; answers after 20 seconds at most with what is known by then, null when there is none. */
  retry(id: string, now: Temporal.Instant): Promise<MailSummary | null>
}

function readServer({ smtpUrl, smtpTls, passwordPlace }: MailConfig): MailSettings['server'] {
  const server = smtpUrl === null ? null : readMailServer(smtpUrl, smtpTls)
  return server && { ...server, hasPassword: passwordPlace !== null }
}

/** @param delivery how mail goes out now; @param apply what the rest of the program does when that has changed */
export function mailSettingsService(
  { dataDir, training }: { dataDir: string; training: boolean },
  chosen: MailConfig,
  findKeychain: FindKeychain,
  delivery: () => DeliveryDeps,
  apply: (choice: MailConfig) => void,
): MailSettingsService {
  let choice = chosen
  const patience = <T>(late: T) => delay(PATIENCE, late, { ref: false })
  return {
    settings: () => ({
      training,
      server: readServer(choice),
      serverSource: choice.mailSources.smtpTls === 'variable' ? 'variable' : choice.mailSources.smtpUrl,
      passwordPlace: choice.passwordPlace,
      mailFrom: choice.mailFrom,
      mailFromSource: choice.mailSources.mailFrom,
    }),
    state: () => ({
      training,
      smtpUrl: choice.smtpUrl,
      smtpTls: choice.smtpTls,
      locked: choice.passwordPlace === 'locked',
      sources: choice.mailSources,
    }),
    place: () => delivery(),
    prepare: async (change) => ({
      change,
      server:
        change.smtpUrl === undefined ? null : await storeServer(change.smtpUrl, change.smtpTls ?? null, findKeychain),
    }),
    change: ({ change, server }) => {
      changeSettings(dataDir, { ...change, ...server?.file })
      const source = (value: string | null) => (value === null ? 'default' : 'file')
      choice = {
        smtpUrl: change.smtpUrl === undefined ? choice.smtpUrl : change.smtpUrl,
        smtpTls: change.smtpUrl === undefined ? choice.smtpTls : (change.smtpTls ?? null),
        passwordPlace: server ? server.passwordPlace : choice.passwordPlace,
        mailFrom: change.mailFrom ?? choice.mailFrom,
        mailSources: {
          smtpUrl: change.smtpUrl === undefined ? choice.mailSources.smtpUrl : source(change.smtpUrl),
          smtpTls: change.smtpUrl === undefined ? choice.mailSources.smtpTls : source(change.smtpTls ?? null),
          mailFrom: change.mailFrom === undefined ? choice.mailSources.mailFrom : 'file',
        },
      }
      apply(choice)
    },
    sendTestMail: async (composed, now) => {
      const { transport, from, linkBase } = delivery()
      if (!transport) return null
      const draft = writeJapanese(composed, 'plain')
      const stored = {
        subject: draft.subject,
        text_body: draft.text,
        html_body: draft.html,
        secrets: null,
        link_base: null,
      }
      const sending = transport.send({
        ...renderStored(stored, { from, linkBase }),
        messageId: `<${randomBytes(16).toString('hex')}@${domainOf(from)}>`,
        createdAt: instantText(now),
        to: draft.to,
        language: draft.language,
      })
      return Promise.race([sending, patience({ accepted: false, permanent: false, reason: 'no answer' } as const)])
    },
    retry: async (id, now) => {
      const deps = delivery()
      const tried = await Promise.race([retryNow(deps, id, now), patience('under way' as const)])
      return tried === 'under way' ? showSummary(deps.db, id) : tried
    },
  }
}
