import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { onTestFinished } from 'vitest'
import { compose, openDataDirectory } from '#main/app/compose'
import type { DataDirectory } from '#main/command/data-directory'
import { allowOwnAddresses } from '#main/http/guards/guards'
import { listMail, showMail, type MailDetails } from '#main/mail/mailer/outbox'
import { runDueJobs } from '#main/platform/scheduler'
import { argonPasswords, type Passwords } from '#main/platform/crypto/passwords'
import { readConfig, type Config } from '#main/platform/config/config'
import { writeMigratedDatabase } from './migrated'
import { PASSWORD } from './samples'

export const BASE = 'http://127.0.0.1:4180'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
  /** What came over the wire; only JSON is a `body`, too. */
  text: string
}

/** Somebody before a screen: keeps cookies as a browser does. A body may be a stream of JSON. */
export interface Visitor {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  logIn(userId: string, password?: string): Promise<Answer>
}

export interface Person {
  userId: string
  email: string
  password: string
}

/** The composed service on a real database in a folder of its own, with a clock that moves only when told. */
export interface Portal {
  data: DataDirectory
  config: Config
  now(): Temporal.Instant
  wait(span: string): void
  visitor(): Visitor
  /** A request as it comes over the wire, byte by byte. */
  fetch(request: Request): Promise<Response>
  /** Asks for the registration mail and answers the token of its link. */
  askForRegistration(email: string, language?: string): Promise<string>
  register(details?: Partial<Record<string, unknown>> & { email?: string }): Promise<Person>
  /** Somebody who is signed in with a fresh ID. */
  signedIn(details?: Partial<Record<string, unknown>> & { email?: string }): Promise<Person & { visitor: Visitor }>
  /** Lets everything run that is due now. */
  runJobs(): Promise<void>
  mails(): Promise<MailDetails[]>
  lastMailTo(email: string): Promise<MailDetails>
  /** Stops the service and starts it again on the same data. */
  restart(): Promise<void>
}

/** The token in the newest link of a mail to a screen. */
export const tokenIn = (mail: MailDetails, screen: string): string => {
  const token = new RegExp(`/${screen}/([\\w-]{43})`).exec(mail.text)?.[1]
  if (token === undefined) throw new Error(`the mail has no link to ${screen}: ${mail.text}`)
  return token
}

/** The code of a mail; the token of a link may hold what looks like one. */
export const codeIn = (mail: MailDetails): string =>
  /(?<![\w-])[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}(?![\w-])/.exec(mail.text)?.[0] ?? ''

/** What a complete registration form holds; a test changes what it is about. */
export const registrationForm = {
  category: 'applicant',
  nameEn: 'NGUYEN VAN AN',
  phone: '08012345678',
  password: PASSWORD,
  passwordConfirmation: PASSWORD,
}

/** Opens a portal for one test and removes it afterwards. The clock starts on 22 November 2026, 9:00 in Tokyo. */
export async function openPortal({
  startsAt = '2026-11-22T00:00:00Z',
  env = {},
  passwords = argonPasswords({ memoryCost: 1024 }),
  backups = false,
}: {
  startsAt?: string
  env?: Record<string, string>
  passwords?: Passwords
  /** Whether the daily backup is among the jobs; where days pass by the dozen it would take most of the time. */
  backups?: boolean
} = {}): Promise<Portal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-portal-'))
  const config = readConfig(['--data', dataDir, '--browser', '--no-open'], { ZAIRYU_LOG_LEVEL: 'silent', ...env })
  let current = Temporal.Instant.from(startsAt)
  await writeMigratedDatabase(dataDir, config.version, current)
  const parts = { clock: { now: () => current }, passwords }
  const allowedHosts = { origins: [], hosts: [] }
  allowOwnAddresses(allowedHosts, Number(new URL(BASE).port), config.publicUrl)
  const open = () => compose(config, allowedHosts, undefined, parts)
  let service = await open()
  await service.start(BASE)
  const data = await openDataDirectory(config, true, parts)
  onTestFinished(async () => {
    await service.stop()
    await data.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const visitor = (): Visitor => {
    const jar = new Map<string, string>()
    const call: Visitor['call'] = async (method, path, body, headers = {}) => {
      const response = await service.fetch(
        new Request(`${BASE}/api/v1${path}`, {
          method,
          headers: {
            ...(body !== undefined && { 'Content-Type': 'application/json' }),
            ...(jar.size > 0 && { Cookie: [...jar].map((pair) => pair.join('=')).join('; ') }),
            ...headers,
          },
          ...(body instanceof ReadableStream
            ? { body, duplex: 'half' as const }
            : body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      )
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/max-age=0\b/i.test(line)) jar.delete(name)
        else jar.set(name, value)
      }
      const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
      const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
      const read = isJson && text !== '' ? (JSON.parse(text) as Answer['body']) : {}
      return { status: response.status, headers: response.headers, body: read, text }
    }
    return { call, logIn: (userId, password = PASSWORD) => call('POST', '/session', { userId, password }) }
  }

  const mails = async () => {
    const setting = { linkBase: BASE, from: config.mailFrom }
    const shown = await Promise.all((await listMail(data.db)).map(({ id }) => showMail(data.db, id, setting)))
    return shown.flatMap((mail) => mail ?? [])
  }
  const lastMailTo = async (email: string) => {
    const mail = (await mails()).findLast(({ to }) => to === email)
    if (!mail) throw new Error(`there is no mail to ${email}`)
    return mail
  }
  const askForRegistration: Portal['askForRegistration'] = async (email, language = 'ja') => {
    const asked = await visitor().call('POST', '/registrations', { email, language })
    if (asked.status !== 202) throw new Error(`asking for the mail was answered ${asked.status}`)
    const token = /\/register\/([\w-]{43})/.exec((await lastMailTo(email)).text)?.[1]
    if (token === undefined) throw new Error('the mail has no link')
    return token
  }

  const register: Portal['register'] = async ({ email = 'an@example.jp', ...details } = {}) => {
    const token = await askForRegistration(email)
    const form = { ...registrationForm, ...details }
    const done = await visitor().call('POST', `/registrations/${token}/completion`, form)
    if (done.status !== 201) throw new Error(`the registration was answered ${JSON.stringify(done.body)}`)
    return { userId: String(done.body['userId']), email, password: String(form.password) }
  }

  return {
    data,
    config,
    fetch: (request) => service.fetch(request),
    now: () => current,
    wait: (span) => {
      current = current.toZonedDateTimeISO('Asia/Tokyo').add(Temporal.Duration.from(span)).toInstant()
    },
    visitor,
    askForRegistration,
    register,
    signedIn: async (details) => {
      const person = await register(details)
      const signedIn = visitor()
      await signedIn.logIn(person.userId, person.password)
      return { ...person, visitor: signedIn }
    },
    runJobs: async () =>
      void (await runDueJobs(
        data.jobs.filter(({ name }) => backups || name !== 'backup'),
        current,
      )),
    mails,
    lastMailTo,
    restart: async () => {
      await service.stop()
      service = await open()
      await service.start(BASE)
    },
  }
}
