import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import type { WithdrawalReason } from '#contract/http/staff/admin'
import type { Db } from '../../database/open'
import { instantText, PROCESS_START, type Clock } from '../../platform/clock'
import { isEndTooFar } from '../../platform/clock-bounds.rules'
import { isOwnFailure } from '#contract/http/mail-failure'
import { nextAttempt } from './delivery.rules'
import { mailFailure } from './failure.rules'
import { mayProbe, readStop, releaseProbe, takeProbe, weighAttempt } from './queue-stop.repo'
import { isStrike } from './queue-stop.rules'
import { renderStored, type MailSetting, type MailSummary, showSummary } from '../mailer/outbox'
import type { OutboxRow } from '../../database/tables/outbox.table'
import type { Delivery, MailTransport } from './transports'

/** How long a mail belongs to the process that sends it; longer than the longest attempt. */
const LEASE = Temporal.Duration.from({ minutes: 5 })
/** After this an attempt counts as failed, whatever the transport does. */
const LONGEST_ATTEMPT = 4 * 60_000
/** Mails under way at once in one process. */
const CONCURRENCY = 3
/** How often a waiting worker looks for mails that another process wrote. */
const POLL_INTERVAL = 2_000
/** How long `stop` waits for the mails under way. */
const STOP_LIMIT = 10_000
/** How long `processDueMail` waits for mails that another process is sending. */
const PATIENCE = 10_000
/** Why a mail that was taken waits all the same. */
const UNRECORDED = 'the sending could not be recorded'

/** Whether a mail is still wanted at the moment at which it would leave. */
export interface Wanted {
  /** Why it is not; null = it is. */
  why(db: Db, row: OutboxRow, now: Temporal.Instant): Promise<WithdrawalReason | null>
  /** Called in the transaction that withdraws a mail. */
  onWithdrawn(trx: Db, row: OutboxRow, reason: WithdrawalReason, now: Temporal.Instant): Promise<void>
}

/** What delivery needs. `transport` null = no mail server is configured: mails stay queued, untouched. */
export interface DeliveryDeps extends MailSetting {
  db: Db
  transport: MailTransport | null
  /** This process, from `newLeaseOwner`. */
  holder: string
  /** Training: the training mailbox shows links that work, so secrets outlive the sending. */
  retainSecrets: boolean
  /** Called in the transaction that records the acceptance of a mail. */
  onSent?: (trx: Db, row: OutboxRow, now: Temporal.Instant) => Promise<void>
  /** Absent: every mail is. */
  wanted?: Wanted
  log?: { warn(facts: object, message: string): void; error(facts: object, message: string): void }
}

export interface WorkerDeps extends DeliveryDeps {
  clock: Clock
}

export interface MailWorker {
  /** A mail was written: look at once. */
  wake(): void
  /** Takes no further mail and waits for those under way, at most 10 seconds; what is cut off is sent again later. */
  stop(): Promise<void>
}

/** Names one worker among all that share the database: machine, process number, start of the process, a random part. */
export const newLeaseOwner = (): string => [hostname(), process.pid, PROCESS_START, randomUUID()].join('/')

/** Whether the process that holds a mail is surely gone. One on another machine cannot be asked; its lease must run out. */
function isGone(holder: string): boolean {
  const [host, number, start] = holder.split('/')
  if (host !== hostname()) return false
  if (Number(number) === process.pid) return start !== PROCESS_START
  try {
    process.kill(Number(number), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** The columns that decide who may take a mail; the bodies are read only by the one who takes it. */
const CLAIM_COLUMNS = ['id', 'status', 'attempts', 'lease_holder', 'lease_until', 'link_base'] as const
type ClaimColumns = Pick<OutboxRow, (typeof CLAIM_COLUMNS)[number]>

const isFree = (row: ClaimColumns, now: Temporal.Instant): boolean =>
  row.lease_holder === null ||
  row.lease_until === null ||
  row.lease_until <= instantText(now) ||
  isEndTooFar(Temporal.Instant.from(row.lease_until), LEASE, now) ||
  isGone(row.lease_holder)

/** Takes a seen row for this process; null when another was faster. The link base is fixed here, at the first attempt. */
async function claim(deps: DeliveryDeps, seen: ClaimColumns, now: Temporal.Instant): Promise<OutboxRow | null> {
  const claimed = await deps.db
    .updateTable('outbox')
    .set({
      status: 'queued',
      lease_holder: deps.holder,
      lease_until: instantText(now.add(LEASE)),
      link_base: seen.link_base ?? deps.linkBase,
    })
    .where('id', '=', seen.id)
    .where('status', '=', seen.status)
    .where('attempts', '=', seen.attempts)
    .where('lease_holder', 'is not distinct from', seen.lease_holder)
    .where('lease_until', 'is not distinct from', seen.lease_until)
    .where('withdrawn_for', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return claimed ?? null
}

/** A mail that this process holds; as a probe it is the only one under way, and says whether the others may follow. */
interface Claimed {
  row: OutboxRow
  isProbe: boolean
}

/**
 * The due mail that has waited longest, now held by this process; `busy` when all that is due is held by others, `none` when
 * nothing is due, or the queue is stopped and no probe is due. Certificates let other mails pass, since behind those somebody waits
 * before a screen.
 */
async function claimDue(deps: DeliveryDeps, now: Temporal.Instant): Promise<Claimed | 'busy' | 'none'> {
  const stop = await readStop(deps.db)
  if (stop && !mayProbe(stop, now)) return 'none'
  const due = deps.db
    .selectFrom('outbox')
    .select(CLAIM_COLUMNS)
    .where('status', '=', 'queued')
    .where('next_attempt_at', '<=', instantText(now))
    .orderBy((eb) => eb('certificate_number', 'is not', null))
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(20)
  for (let offset = 0; ; offset += 20) {
    const rows = await due.offset(offset).execute()
    for (const row of rows) {
      if (!isFree(row, now)) continue
      if (stop && !(await takeProbe(deps.db, stop, now.add(LEASE)))) return 'none'
      const claimed = await claim(deps, row, now)
      if (claimed) return { row: claimed, isProbe: stop !== undefined }
      if (stop) {
        await releaseProbe(deps.db, now)
        return 'busy'
      }
    }
    if (rows.length < 20) return offset + rows.length > 0 ? 'busy' : 'none'
  }
}

async function send(deps: DeliveryDeps, transport: MailTransport, row: OutboxRow): Promise<Delivery> {
  const limit = new AbortController()
  try {
    const mail = {
      ...renderStored(row, deps),
      messageId: row.message_id,
      createdAt: row.created_at,
      to: row.recipient,
      language: row.language,
    }
    const tooLong = delay(LONGEST_ATTEMPT, { accepted: false, permanent: false, reason: 'no answer' } as const, {
      signal: limit.signal,
      ref: false,
    })
    return await Promise.race([transport.send(mail), tooLong])
  } catch (error) {
    deps.log?.error({ err: error, mail: row.id }, 'a mail could not be handed to its transport')
    return { accepted: false, permanent: false, reason: 'not sent, see the log' }
  } finally {
    limit.abort()
  }
}

/** Writes what became of an attempt, unless another process took the mail over meanwhile. */
async function record(
  deps: DeliveryDeps,
  { row, isProbe }: Claimed,
  delivery: Delivery,
  now: Temporal.Instant,
): Promise<void> {
  const attempts = row.attempts + 1
  const failure = delivery.accepted ? null : (delivery.failure ?? mailFailure(delivery.reason))
  const again =
    failure === null || (!delivery.accepted && delivery.permanent)
      ? null
      : nextAttempt(attempts, Temporal.Instant.from(row.created_at), now, isOwnFailure(failure))
  const outcome = delivery.accepted
    ? ({
        status: 'sent',
        sent_at: instantText(now),
        last_error: null,
        secrets: deps.retainSecrets ? row.secrets : null,
      } as const)
    : again
      ? ({ status: 'queued', next_attempt_at: instantText(again), last_error: delivery.reason } as const)
      : ({ status: 'failed', last_error: delivery.reason } as const)
  const strike = failure !== null && isStrike(failure) ? 1 : 0
  const turn = await deps.db.transaction().execute(async (trx) => {
    const recorded = await trx
      .updateTable('outbox')
      .set({ ...outcome, failure, strike, attempts, lease_holder: null, lease_until: null })
      .where('id', '=', row.id)
      .where('lease_holder', '=', deps.holder)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst()
    if (!recorded) return null
    if (delivery.accepted) await deps.onSent?.(trx, recorded, now)
    return weighAttempt(trx, { failure, reason: delivery.accepted ? '' : delivery.reason, isProbe }, now)
  })
  if (turn === 'stopped' && !delivery.accepted)
    deps.log?.error({ reason: delivery.reason, failure }, 'mail is stopped: all are refused for one reason')
  if (turn === 'resumed') deps.log?.warn({}, 'mail goes out again')
}

/**
 * Ends a mail that this process holds and that is no longer wanted, if it still is not; answers whether it did. Its links and
 * its code go with it.
 */
async function withdrawUnwanted(deps: DeliveryDeps, row: OutboxRow, now: Temporal.Instant): Promise<boolean> {
  const { wanted } = deps
  if (!wanted || (await wanted.why(deps.db, row, now)) === null) return false
  return deps.db.transaction().execute(async (trx) => {
    const reason = await wanted.why(trx, row, now)
    if (reason === null) return false
    const withdrawn = await trx
      .updateTable('outbox')
      .set({
        status: 'failed',
        withdrawn_for: reason,
        next_attempt_at: instantText(now),
        lease_holder: null,
        lease_until: null,
        secrets: null,
      })
      .where('id', '=', row.id)
      .where('lease_holder', '=', deps.holder)
      .where('status', '=', 'queued')
      .returningAll()
      .executeTakeFirst()
    if (withdrawn) await wanted.onWithdrawn(trx, withdrawn, reason, now)
    return true
  })
}

/**
 * One attempt of a mail that this process holds, if it is still wanted. When an acceptance cannot be recorded (disk full, say), the mail waits by the
 * ordinary schedule, so that its reader gets few copies (all with one Message-ID) and not one every few minutes.
 */
async function attempt(
  deps: DeliveryDeps,
  transport: MailTransport,
  { row, isProbe }: Claimed,
  clock: () => Temporal.Instant,
): Promise<void> {
  if (await withdrawUnwanted(deps, row, clock())) {
    if (isProbe) await releaseProbe(deps.db, clock())
    return
  }
  const delivery = await send(deps, transport, row)
  const facts = { mail: row.id, kind: row.kind, attempts: row.attempts + 1 }
  if (!delivery.accepted)
    deps.log?.warn({ ...facts, reason: delivery.reason, permanent: delivery.permanent }, 'a mail was not taken')
  try {
    await record(deps, { row, isProbe }, delivery, clock())
  } catch (error) {
    deps.log?.error(
      { err: error, ...facts, accepted: delivery.accepted },
      'what became of a mail could not be recorded',
    )
    const unrecorded: Delivery = { accepted: false, permanent: false, reason: UNRECORDED }
    await record(deps, { row, isProbe }, unrecorded, clock())
  }
}

/**
 * Attempts every mail that is due at `now` and returns how many this process attempted. Mails that another process is
 * sending are waited for, so that afterwards all that was due has been attempted by somebody. Without a transport: 0.
 */
export async function processDueMail(deps: DeliveryDeps, now: Temporal.Instant): Promise<number> {
  const { transport } = deps
  if (!transport) return 0
  let done = 0
  let waited = 0
  const lane = async (): Promise<void> => {
    for (;;) {
      const claimed = await claimDue(deps, now)
      if (claimed === 'none') return
      if (claimed === 'busy') {
        if ((waited += 25) > PATIENCE * CONCURRENCY) return
        await delay(25)
        continue
      }
      await attempt(deps, transport, claimed, () => now)
      done += 1
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
  return done
}

/** When the next queued mail is to be tried, null when none is queued. It may lie in the past; a stopped queue waits for its probe. */
export async function nextDue(db: Db): Promise<Temporal.Instant | null> {
  const row = await db
    .selectFrom('outbox')
    .select('next_attempt_at')
    .where('status', '=', 'queued')
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const stop = await readStop(db)
  return Temporal.Instant.from(
    stop && stop.next_probe_at > row.next_attempt_at ? stop.next_probe_at : row.next_attempt_at,
  )
}

/**
 * Tries a queued or failed mail at once, also after its 3 days, and returns what became of it; null when there is no such
 * mail. One already sent, withdrawn, or under way elsewhere, is left alone. Without a transport a failed mail is queued again.
 */
export async function retryNow(deps: DeliveryDeps, id: string, now: Temporal.Instant): Promise<MailSummary | null> {
  const seen = await deps.db.selectFrom('outbox').select(CLAIM_COLUMNS).where('id', '=', id).executeTakeFirst()
  if (!seen) return null
  if (seen.status !== 'sent' && !deps.transport)
    await deps.db
      .updateTable('outbox')
      .set({ status: 'queued', next_attempt_at: instantText(now) })
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .where('withdrawn_for', 'is', null)
      .execute()
  if (seen.status !== 'sent' && deps.transport && isFree(seen, now)) {
    const row = await claim(deps, seen, now)
    if (row) await attempt(deps, deps.transport, { row, isProbe: false }, () => now)
  }
  return showSummary(deps.db, id)
}

/**
 * Delivers mails as they fall due until stopped, a few at once, each exactly once among all workers on the database. Failures
 * of the database are logged and tried again at the next look.
 */
export function startWorker(deps: WorkerDeps): MailWorker {
  const { transport, clock } = deps
  const underWay = new Set<Promise<void>>()
  let looking: Promise<void> | null = null
  let lookAgain = false
  let stopped = false

  const fill = async (sender: MailTransport): Promise<void> => {
    while (!stopped && underWay.size < CONCURRENCY) {
      const claimed = await claimDue(deps, clock.now())
      if (claimed === 'none' || claimed === 'busy') return
      const sending = attempt(deps, sender, claimed, () => clock.now())
        .catch((error: unknown) =>
          deps.log?.error({ err: error, mail: claimed.row.id }, 'a mail stays held until its lease runs out'),
        )
        .then(() => {
          underWay.delete(sending)
          look()
        })
      underWay.add(sending)
    }
  }
  const look = (): void => {
    if (stopped || !transport) return
    if (looking) {
      lookAgain = true
      return
    }
    looking = fill(transport)
      .catch((error: unknown) => deps.log?.error({ err: error }, 'the outbox could not be read'))
      .then(() => {
        looking = null
        if (lookAgain) {
          lookAgain = false
          look()
        }
      })
  }
  const timer = setInterval(look, POLL_INTERVAL)
  timer.unref()
  look()

  return {
    wake: look,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      const limit = new AbortController()
      const finished = (async () => {
        await looking
        await Promise.all(underWay)
        limit.abort()
      })()
      await Promise.race([finished, delay(STOP_LIMIT, undefined, { signal: limit.signal }).catch(() => undefined)])
      transport?.close()
    },
  }
}
