import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { type Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Db } from '#main/database/open'
import { listMail } from '#main/mail/mailer/outbox'
import { smtpTransport, trainingTransport, type MailTransport } from '#main/mail/delivery/transports'
import { processDueMail, newLeaseOwner, nextDue, retryNow, startWorker } from '#main/mail/delivery/worker'
import { delivery, openOutbox, openPostOffice, FROM, put, START } from './post-office'

/** A transport whose sending ends when the test says so. */
function slowTransport() {
  const sent: string[] = []
  let release: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (release = resolve))
  const transport: MailTransport = {
    send: async ({ to }) => {
      sent.push(to)
      await gate
      return { accepted: true }
    },
    reach: () => Promise.resolve(null),
    close: () => undefined,
  }
  return { transport, sent, release: () => release() }
}

const hold = (db: Db, holder: string, until: Temporal.Instant) =>
  db
    .updateTable('outbox')
    .set({ lease_holder: holder, lease_until: until.toString({ smallestUnit: 'millisecond' }) })
    .execute()

describe('workers on one database', () => {
  it('deliver each of 50 mails exactly once between two of them', async () => {
    const [{ db, reopen }, office] = await Promise.all([openOutbox(), openPostOffice()])
    const people = Array.from({ length: 50 }, (_, place) => `p${place}@example.jp`)
    for (const to of people) await put(db, { to })
    const done = await Promise.all(
      [db, reopen()].map((own) => processDueMail(delivery(own, smtpTransport(office.url, FROM)), START)),
    )
    expect(done.reduce((a, b) => a + b)).toBe(50)
    expect(office.letters.flatMap(({ to }) => to).sort()).toEqual([...people].sort())
    expect(new Set((await listMail(db)).map(({ status }) => status))).toEqual(new Set(['sent']))
  })

  it('leave a mail to a living process until its lease runs out', async () => {
    const { db } = await openOutbox()
    await put(db)
    await hold(db, `${hostname()}/${process.ppid}/x/y`, START.add({ minutes: 5 }))
    const deps = delivery(db, trainingTransport())
    const { id } = (await listMail(db))[0] ?? { id: '' }
    expect(await retryNow(deps, id, START.add({ minutes: 5 }).subtract({ seconds: 1 }))).toMatchObject({
      status: 'queued',
    })
    expect(await processDueMail(deps, START.add({ minutes: 5 }))).toBe(1)
  })

  it('take over at once from a process that was killed', async () => {
    const { db } = await openOutbox()
    await put(db)
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child, 'spawn')
    await hold(db, `${hostname()}/${child.pid}/x/y`, START.add({ minutes: 5 }))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await processDueMail(delivery(db, trainingTransport()), START)).toBe(1)
  })

  it('take over from an earlier process that had the same number', async () => {
    const { db } = await openOutbox()
    await put(db)
    await hold(db, `${hostname()}/${process.pid}/earlier/y`, START.add({ minutes: 5 }))
    expect(await processDueMail(delivery(db, trainingTransport()), START)).toBe(1)
  })

  it('leave a mail of another machine alone until its lease runs out', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    await hold(db, 'elsewhere/1/x/y', START.add({ minutes: 5 }))
    expect(await retryNow(delivery(db, trainingTransport()), id, START)).toMatchObject({
      status: 'queued',
      attempts: 0,
    })
  })

  it('send again with the same Message-ID when a crash came between acceptance and record', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    const { messageId } = await put(db)
    const transport = smtpTransport(office.url, FROM)
    let crashed = false
    const deps = delivery(db, transport, {
      onSent: () => {
        if (crashed) return Promise.resolve()
        crashed = true
        return Promise.reject(new Error('the disk is full'))
      },
    })
    await processDueMail(deps, START)
    expect(await listMail(db)).toMatchObject([{ status: 'queued', attempts: 1 }])
    await processDueMail(deps, START.add({ minutes: 1 }))
    expect(office.letters.map(({ mail }) => mail.messageId)).toEqual([messageId, messageId])
    expect(office.letters[1]?.raw).toBe(office.letters[0]?.raw)
    expect(await listMail(db)).toMatchObject([{ status: 'sent' }])
  })

  it('record nothing over a process that has taken the mail over', async () => {
    const { db, reopen } = await openOutbox()
    await put(db)
    const onSent = vi.fn(() => Promise.resolve())
    const slow = slowTransport()
    const first = processDueMail(delivery(db, slow.transport, { onSent }), START)
    await vi.waitUntil(() => slow.sent.length === 1)
    const later = START.add({ minutes: 5 })
    expect(await processDueMail(delivery(reopen(), trainingTransport(), { onSent }), later)).toBe(1)
    slow.release()
    await first
    expect(onSent).toHaveBeenCalledTimes(1)
    expect(await listMail(db)).toMatchObject([{ status: 'sent', attempts: 1, sentAt: '2026-11-22T00:05:00.000Z' }])
  })
})

describe('one delivery', () => {
  it('does nothing without a mail server: the mail waits with no attempt counted', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    expect(await processDueMail(delivery(db, null), START)).toBe(0)
    expect(await retryNow(delivery(db, null), id, START)).toMatchObject({ status: 'queued', attempts: 0 })
    expect((await nextDue(db))?.toString()).toBe('2026-11-22T00:00:00Z')
  })

  it('tells of the acceptance in the transaction that records it', async () => {
    const { db } = await openOutbox()
    await put(db, { certificateNumber: '在1番Y25071798' })
    const told: unknown[] = []
    const deps = delivery(db, trainingTransport(), {
      onSent: async (trx, row, now) => {
        const seen = await trx.selectFrom('outbox').select('status').where('id', '=', row.id).executeTakeFirst()
        told.push([row.certificate_number, now.toString(), seen?.status])
      },
    })
    await processDueMail(deps, START)
    expect(told).toEqual([['在1番Y25071798', '2026-11-22T00:00:00Z', 'sent']])
    expect(await nextDue(db)).toBeNull()
  })

  it('waits until mails that another worker is sending are settled', async () => {
    const { db, reopen } = await openOutbox()
    await put(db)
    const slow = slowTransport()
    const first = processDueMail(delivery(db, slow.transport), START)
    await vi.waitUntil(() => slow.sent.length === 1)
    let looks = 0
    const counted = reopen().withPlugin({
      transformQuery: ({ node }) => {
        looks += 1
        return node
      },
      transformResult: ({ result }) => Promise.resolve(result),
    })
    let settled = false
    const second = processDueMail(delivery(counted, trainingTransport()), START).then((done) => {
      settled = true
      return done
    })
    // It looks again and again, and does not come back meanwhile.
    await vi.waitUntil(() => looks > 30)
    expect(settled).toBe(false)
    slow.release()
    expect([await first, await second]).toEqual([1, 0])
    expect(await listMail(db)).toMatchObject([{ status: 'sent', attempts: 1 }])
  })

  it('leaves a mail that was sent alone, and knows no mail that is not there', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    const deps = delivery(db, trainingTransport())
    await processDueMail(deps, START)
    expect(await retryNow(deps, id, START.add({ hours: 1 }))).toMatchObject({ status: 'sent', attempts: 1 })
    expect(await retryNow(deps, 'no-such-mail', START)).toBeNull()
  })
})

describe('the worker', () => {
  const clock = { now: () => START }

  it('sends what is there at its start and what it is told of', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await put(db, { to: 'first@example.jp' })
    const worker = startWorker({ ...delivery(db, smtpTransport(office.url, FROM)), clock })
    onTestFinished(() => worker.stop())
    await vi.waitUntil(async () => (await listMail(db))[0]?.status === 'sent')
    await put(db, { to: 'second@example.jp' })
    worker.wake()
    await vi.waitUntil(async () => (await listMail(db))[1]?.status === 'sent')
    expect(office.letters.flatMap(({ to }) => to)).toEqual(['first@example.jp', 'second@example.jp'])
  })

  it('lets a mail for which somebody waits pass a pile of certificates', async () => {
    const { db } = await openOutbox()
    for (let place = 0; place < 10; place++) await put(db, { certificateNumber: `在1番Y${place}` })
    await put(db, { to: 'waiting@example.jp' }, START.add({ seconds: 1 }))
    const order: string[] = []
    const transport: MailTransport = {
      send: ({ to }) => Promise.resolve(order.push(to)).then(() => ({ accepted: true })),
      reach: () => Promise.resolve(null),
      close: () => undefined,
    }
    await processDueMail(delivery(db, transport), START.add({ seconds: 1 }))
    expect(order).toHaveLength(11)
    expect(order.indexOf('waiting@example.jp')).toBeLessThan(3)
  })

  it('finds within a few seconds what another process has written', async () => {
    const { db, reopen } = await openOutbox()
    const worker = startWorker({ ...delivery(db, trainingTransport()), clock })
    onTestFinished(() => worker.stop())
    await put(reopen())
    await vi.waitUntil(async () => (await listMail(db))[0]?.status === 'sent', { timeout: 4000, interval: 100 })
  })

  it('finishes the mail under way when it is stopped, and takes no further one', async () => {
    const { db } = await openOutbox()
    for (const to of ['a@example.jp', 'b@example.jp', 'c@example.jp', 'd@example.jp']) await put(db, { to })
    const slow = slowTransport()
    const worker = startWorker({ ...delivery(db, slow.transport), clock, holder: newLeaseOwner() })
    await vi.waitUntil(() => slow.sent.length === 3)
    const stopped = worker.stop()
    slow.release()
    await stopped
    expect((await listMail(db)).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'queued'])
  })
})
