import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import type { Db } from '#main/database/open'
import { listMail } from '#main/mail/mailer/outbox'
import {
  probeAtStart,
  readAlarm,
  readStop,
  readTrouble,
  requeueFailed,
  resumeQueue,
} from '#main/mail/delivery/queue-stop.repo'
import { isProbeDue, mustStop, nextProbe } from '#main/mail/delivery/queue-stop.rules'
import { smtpTransport, type Delivery, type MailTransport } from '#main/mail/delivery/transports'
import { processDueMail, nextDue, retryNow } from '#main/mail/delivery/worker'
import type { MailServer } from '../../support/mail-server'
import { delivery, FROM, openOutbox, openPostOffice, put, START } from './post-office'

const later = (span: string) => START.add(span)
const RELAY = { responseCode: 554, message: '5.7.1 <x>: Relay access denied' }
const UNKNOWN = { responseCode: 550, message: '5.1.1 <x>: user unknown' }

async function putMany(db: Db, count: number, at = START, name = 'p'): Promise<string[]> {
  const ids: string[] = []
  for (let place = 0; place < count; place += 1)
    ids.push((await put(db, { to: `${name}${String(place).padStart(2, '0')}@example.jp` }, at)).id)
  return ids
}
/** The server answers this to whoever is named, until it is told otherwise. */
function always(office: MailServer, answer: typeof RELAY | null) {
  office.recipientAnswers.length = 0
  if (answer) for (let count = 0; count < 500; count += 1) office.recipientAnswers.push(answer)
}
const statesOf = async (db: Db) => {
  const counts: Record<string, number> = {}
  for (const { status } of await listMail(db)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}
const answering = (answer: (to: string) => Delivery) => {
  const asked: string[] = []
  const transport: MailTransport = {
    send: async ({ to }) => {
      asked.push(to)
      // A real answer comes over the network; two connections of one thread must not meet within a transaction.
      await new Promise(setImmediate)
      return answer(to)
    },
    reach: () => Promise.resolve(null),
    close: () => undefined,
  }
  return { transport, asked }
}

describe('a mail server that refuses the office', () => {
  it('loses no mail of a long queue, and is asked a few times only', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 40)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    const asked = await processDueMail(deps, START)
    expect(asked).toBeGreaterThanOrEqual(5)
    expect(asked).toBeLessThanOrEqual(7)
    expect(await statesOf(db)).toEqual({ queued: 40 })
    expect(await readTrouble(db)).toEqual({
      stopped: {
        at: '2026-11-22T00:00:00.000Z',
        failure: 'relay',
        reason: '554 5.7.1 after RCPT TO',
        nextProbeAt: '2026-11-22T00:01:00.000Z',
      },
      waiting: [{ failure: 'relay', count: asked }],
    })
    expect(await readAlarm(db)).toBe('stopped')
    expect(await processDueMail(deps, later('PT59S'))).toBe(0)
  })

  it('is tried by one mail at a time, ever more slowly, and sends all when it takes one', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 20)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    for (const [at, next] of [
      ['PT1M', 'PT3M'],
      ['PT3M', 'PT8M'],
      ['PT8M', 'PT23M'],
      ['PT23M', 'PT83M'],
      ['PT83M', 'PT143M'],
    ] as const) {
      expect((await nextDue(db))?.toString()).toBe(later(at).toString())
      expect(await processDueMail(deps, later(at))).toBe(1)
      expect(await processDueMail(deps, later(at))).toBe(0)
      expect((await readStop(db))?.next_probe_at).toBe(later(next).toString({ smallestUnit: 'millisecond' }))
    }
    always(office, null)
    await processDueMail(deps, later('PT143M'))
    expect(await statesOf(db)).toEqual({ sent: 20 })
    expect(await readTrouble(db)).toEqual({ stopped: null, waiting: [] })
    expect(await readAlarm(db)).toBeNull()
  })

  it('keeps its mails beyond the three days', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 1)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    for (let hours = 0; hours < 100; hours += 1) await processDueMail(deps, later(`PT${hours}H`))
    expect(await statesOf(db)).toEqual({ queued: 1 })
    always(office, null)
    await processDueMail(deps, later('PT101H'))
    expect(await statesOf(db)).toEqual({ sent: 1 })
  })

  it('is seen alike by all processes, and tried by one of them', async () => {
    const { db, reopen } = await openOutbox()
    await putMany(db, 12)
    const { transport, asked } = answering(() => ({ accepted: false, permanent: false, reason: 'ECONNREFUSED' }))
    const other = reopen()
    await Promise.all([db, other].map((own) => processDueMail(delivery(own, transport), START)))
    const before = asked.length
    expect(before).toBeLessThanOrEqual(10)
    await Promise.all([db, other].map((own) => processDueMail(delivery(own, transport), later('PT1M'))))
    expect(asked.length - before).toBe(1)
    expect(await readStop(other)).toMatchObject({ failure: 'unreachable', probes: 1 })
  })

  it.each([4, 5])('stops the queue after five different recipients, not before: %i', async (count) => {
    const { db } = await openOutbox()
    await putMany(db, count)
    const { transport } = answering(() => ({ accepted: false, permanent: false, reason: 'EAUTH', failure: 'sign-in' }))
    await processDueMail(delivery(db, transport), START)
    expect((await readStop(db)) !== undefined).toBe(count === 5)
    expect(await readAlarm(db)).toBe(count === 5 ? 'stopped' : 'waiting')
  })

  it('is not what one recipient is, however often it is tried', async () => {
    const { db } = await openOutbox()
    for (let place = 0; place < 8; place += 1) await put(db, { to: 'one@example.jp' })
    const { transport } = answering(() => ({ accepted: false, permanent: false, reason: '550 5.7.1 after DATA' }))
    await processDueMail(delivery(db, transport), START)
    expect(await readStop(db)).toBeUndefined()
  })

  it('is not one that takes a mail between, or refuses for different reasons', async () => {
    const { db } = await openOutbox()
    await putMany(db, 30)
    const reasons = ['EAUTH', '554 5.7.1 after RCPT TO', 'ECONNREFUSED', '530 5.7.0 after MAIL FROM']
    let turn = 0
    const { transport } = answering(() => {
      turn += 1
      if (turn % 4 === 0) return { accepted: true }
      return { accepted: false, permanent: false, reason: turn < 12 ? 'EAUTH' : (reasons[turn % 4] ?? '') }
    })
    await processDueMail(delivery(db, transport), START)
    expect(await readStop(db)).toBeUndefined()
  })

  it('is no longer one when it speaks of a recipient', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 8)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    always(office, null)
    office.recipientAnswers.push(UNKNOWN)
    await processDueMail(deps, later('PT1M'))
    expect(await statesOf(db)).toEqual({ failed: 1, sent: 7 })
  })

  it('goes on by the hand of an admin, and stops again where nothing was mended', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 20)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    const { waiting } = await readTrouble(db)
    expect(await db.transaction().execute((trx) => resumeQueue(trx, later('PT10S')))).toBe(waiting[0]?.count)
    expect(await readAlarm(db)).toBe('waiting')
    expect(await processDueMail(deps, later('PT10S'))).toBeLessThanOrEqual(7)
    expect(await readAlarm(db)).toBe('stopped')
    await resumeQueue(db, later('PT20S'))
    always(office, null)
    await processDueMail(deps, later('PT20S'))
    expect(await statesOf(db)).toEqual({ sent: 20 })
  })

  it('is tried at once by a program that starts, and by the retry of one mail', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    const ids = await putMany(db, 8)
    always(office, RELAY)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    await probeAtStart(db, later('PT5S'))
    expect(await processDueMail(deps, later('PT5S'))).toBe(1)
    always(office, null)
    expect(await retryNow(deps, ids[0] ?? '', later('PT6S'))).toMatchObject({ status: 'sent' })
    await processDueMail(deps, later('PT2M'))
    expect(await statesOf(db)).toEqual({ sent: 8 })
  })
})

describe('a mail server that refuses one recipient after another', () => {
  it.each([9, 10])('is believed for nine of them, and then asked by single mails: %i', async (count) => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, count)
    always(office, UNKNOWN)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    expect((await readStop(db)) !== undefined).toBe(count === 10)
    await putMany(db, 20, later('PT10S'), 'q')
    await processDueMail(deps, later('PT11S'))
    const { queued = 0 } = await statesOf(db)
    expect(queued).toBeGreaterThanOrEqual(count === 10 ? 20 : 17)
  })

  it('has not lost them: they are tried again together, once', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await putMany(db, 12)
    always(office, UNKNOWN)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    const { failed = 0 } = await statesOf(db)
    expect(failed).toBeGreaterThanOrEqual(10)
    expect(await requeueFailed(db, 'refused', later('PT1H'))).toBe(0)
    expect(await requeueFailed(db, 'address', later('PT1H'))).toBe(failed)
    expect(await requeueFailed(db, 'address', later('PT1H'))).toBe(0)
    always(office, null)
    await processDueMail(deps, later('PT1H'))
    expect(await statesOf(db)).toEqual({ sent: 12 })
  })
})

describe('what is told of the office’s trouble', () => {
  it('does not tell of a server that starts anew, but of one that stays away', async () => {
    const { db } = await openOutbox()
    await putMany(db, 2)
    const { transport } = answering(() => ({ accepted: false, permanent: false, reason: 'ECONNREFUSED' }))
    const deps = delivery(db, transport)
    await processDueMail(deps, START)
    await processDueMail(deps, later('PT1M'))
    expect(await readAlarm(db)).toBeNull()
    await processDueMail(deps, later('PT3M'))
    expect(await readTrouble(db)).toEqual({ stopped: null, waiting: [{ failure: 'unreachable', count: 2 }] })
  })

  it('counts mails of before that have no class by their short reason', async () => {
    const { db } = await openOutbox()
    await putMany(db, 2)
    await db.updateTable('outbox').set({ status: 'failed', last_error: '550 5.1.1 after RCPT TO' }).execute()
    expect(await requeueFailed(db, 'address', START)).toBe(2)
  })
})

describe('the rules of the stop', () => {
  it('probe within an hour, never earlier than a minute, and soon after a clock that ran ahead', () => {
    fc.assert(
      fc.property(fc.nat(1000), (probes) => {
        const wait = nextProbe(probes, START).since(START).total('minutes')
        expect(wait).toBeGreaterThanOrEqual(1)
        expect(wait).toBeLessThanOrEqual(60)
      }),
    )
    expect(isProbeDue(START, START)).toBe(true)
    expect(isProbeDue(START.add({ milliseconds: 1 }), START)).toBe(false)
    expect(isProbeDue(START.add({ minutes: 60 }), START)).toBe(false)
    expect(isProbeDue(START.add(Temporal.Duration.from({ hours: 24 * 365 })), START)).toBe(true)
  })

  it('never stop for what passes by itself, sooner for the office than for recipients', () => {
    expect([mustStop('relay', 4), mustStop('relay', 5)]).toEqual([false, true])
    expect([mustStop('address', 9), mustStop('address', 10)]).toEqual([false, true])
  })
})
