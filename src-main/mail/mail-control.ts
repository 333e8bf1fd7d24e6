import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Temporal } from 'temporal-polyfill'
import type { MailSettings } from '#contract/admin'
import { instantText } from '../platform/clock'
import type { Config } from '../platform/config'
import { changeSettings } from '../platform/settings-file'
import { readMailServer, type MailChange, type MailState } from './mail-settings.rules'
import { domainOf, renderStored, showSummary, type MailDraft, type MailSetting, type MailSummary } from './outbox'
import type { Delivery } from './transports'
import { retryNow, type DeliveryDeps } from './worker'

/** How long a person before a screen waits for a mail server; the attempt goes on by itself. */
const PATIENCE = 20_000

/** What decides how mail goes out. */
export type MailChoice = Pick<Config, 'smtpUrl' | 'mailFrom' | 'mailSources'>

/** Mail in the hands of an admin, while the program runs. */
export interface MailControl {
  /** What is set, without any secret. */
  settings(): MailSettings
  /** The same with what only rules may see. */
  state(): MailState
  /** What a stored mail needs to be shown. */
  place(): MailSetting
  /** Writes the change into the settings file and delivers by it from now on. Throws when the file cannot be written. */
  change(change: MailChange): void
  /** Hands a mail to the server at once, past the outbox; null when there is no server. */
  trySend(draft: MailDraft, now: Temporal.Instant): Promise<Delivery | null>
  /** Tries a mail of the outbox at once; answers after 20 seconds at most with what is known by then, null when there is none. */
  retry(id: string, now: Temporal.Instant): Promise<MailSummary | null>
}

/** @param delivery how mail goes out now; @param apply what the rest of the program does when that has changed */
export function mailControl(
  { dataDir, training }: { dataDir: string; training: boolean },
  chosen: MailChoice,
  delivery: () => DeliveryDeps,
  apply: (choice: MailChoice) => void,
): MailControl {
  let choice = chosen
  const patience = <T>(late: T) => delay(PATIENCE, late, { ref: false })
  return {
    settings: () => ({
      training,
      server: choice.smtpUrl === null ? null : readMailServer(choice.smtpUrl),
      serverSource: choice.mailSources.smtpUrl,
      mailFrom: choice.mailFrom,
      mailFromSource: choice.mailSources.mailFrom,
    }),
    state: () => ({ training, smtpUrl: choice.smtpUrl, sources: choice.mailSources }),
    place: () => delivery(),
    change: (change) => {
      changeSettings(dataDir, { ...change })
      const source = (value: string | null) => (value === null ? 'default' : 'file')
      choice = {
        smtpUrl: change.smtpUrl === undefined ? choice.smtpUrl : change.smtpUrl,
        mailFrom: change.mailFrom ?? choice.mailFrom,
        mailSources: {
          smtpUrl: change.smtpUrl === undefined ? choice.mailSources.smtpUrl : source(change.smtpUrl),
          mailFrom: change.mailFrom === undefined ? choice.mailSources.mailFrom : 'file',
        },
      }
      apply(choice)
    },
    trySend: async (draft, now) => {
      const { transport, from, linkBase } = delivery()
      if (!transport) return null
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
