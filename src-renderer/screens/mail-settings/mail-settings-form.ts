import * as z from 'zod/mini'
import { type MailSettings, mailSettingsRequest, type MailSettingsRequest } from '#contract/http/staff/admin'
import { lineOf, narrowed } from '#domain/text/typed-text'

/** What the form shows of the settings; a password is never among it. */
export const typedSettings = ({ server, mailFrom }: MailSettings): Record<string, string> => ({
  'server.host': server?.host ?? '',
  'server.port': String(server?.port ?? 587),
  'server.tls': server?.tls ?? 'starttls',
  'server.user': server?.user ?? '',
  'server.password': '',
  mailFrom,
})

/** Reads the form into a request for those settings that may be changed here. No host: no server. */
export const settingsDraft = ({ serverSource, mailFromSource }: MailSettings) =>
  z.pipe(
    z.pipe(
      z.record(z.string(), z.string()),
      z.transform((typed): unknown => {
        const text = (name: string) => narrowed(lineOf(typed[name] ?? '')).trim()
        const port = text('server.port')
        const server =
          text('server.host') === ''
            ? null
            : {
                host: text('server.host'),
                port: /^\d+$/.test(port) ? Number(port) : port,
                tls: typed['server.tls'] ?? 'auto',
                user: text('server.user') === '' ? null : text('server.user'),
                ...(typed['server.password'] ? { password: typed['server.password'] } : {}),
              }
        return {
          ...(serverSource === 'variable' ? {} : { server }),
          ...(mailFromSource === 'variable' ? {} : { mailFrom: typed['mailFrom'] ?? '' }),
        }
      }),
    ),
    mailSettingsRequest as unknown as z.ZodMiniType<MailSettingsRequest, unknown>,
  )
