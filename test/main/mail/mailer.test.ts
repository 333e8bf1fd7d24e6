import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMailer } from '#main/mail/mailer/mailer'
import { listMail } from '#main/mail/mailer/outbox'
import { openPortal } from '../../support/portal'
import { staffMember } from '../../support/staff'
import { draft, FROM, openOutbox, openPostOffice, START } from './post-office'

const openMailer = async () => {
  const { db } = await openOutbox()
  const wake = vi.fn()
  return { db, wake, mailer: createMailer({ sender: () => FROM, wake }) }
}

/** Long enough for everything that is scheduled without a delay. */
const someTurns = async () => {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn()
}

describe('the mailer', () => {
  it.each(['enqueue', 'enqueueDecoy'] as const)(
    'wakes the worker after the commit and not at once (%s)',
    async (method) => {
      const { db, wake, mailer } = await openMailer()
      await db.transaction().execute(async (trx) => {
        await mailer[method](trx, draft(), START)
        // The transaction waits for something else; a wake that is only put off would come now.
        await someTurns()
        expect(wake).not.toHaveBeenCalled()
      })
      // The answer to a request leaves in this turn of the event loop.
      expect(wake).not.toHaveBeenCalled()
      await someTurns()
      expect(wake).toHaveBeenCalledTimes(1)
    },
  )

  it('wakes nobody for a mail that was never committed', async () => {
    const { db, wake, mailer } = await openMailer()
    const failing = db.transaction().execute(async (trx) => {
      await mailer.enqueue(trx, draft(), START)
      throw new Error('the change fails')
    })
    await expect(failing).rejects.toThrow('the change fails')
    await db.transaction().execute((trx) => trx.selectFrom('outbox').select('id').execute())
    await someTurns()
    expect(wake).not.toHaveBeenCalled()
  })

  it('wakes the worker for a mail that is written outside of a transaction, and for mails that became due', async () => {
    const { db, wake, mailer } = await openMailer()
    await mailer.enqueue(db, draft(), START)
    await someTurns()
    expect(wake).toHaveBeenCalledTimes(1)
    await db.transaction().execute((trx) => mailer.announceDue(trx))
    await someTurns()
    expect(wake).toHaveBeenCalledTimes(2)
  })

  it('wakes the worker again with each commit', async () => {
    const { db, wake, mailer } = await openMailer()
    for (let count = 1; count <= 2; count += 1) {
      await db.transaction().execute((trx) => mailer.enqueue(trx, draft(), START))
      await someTurns()
      expect(wake).toHaveBeenCalledTimes(count)
    }
  })

  it('writes a decoy where nobody reads it', async () => {
    const { db, mailer } = await openMailer()
    for (const subject of ['one', 'two']) await mailer.enqueueDecoy(db, draft({ subject }), START)
    expect(await listMail(db)).toEqual([])
    expect(await db.selectFrom('mail_to_nobody').select('subject').execute()).toEqual([{ subject: 'two' }])
  })

  it('takes the sender of the moment', async () => {
    const { db } = await openOutbox()
    let sender = 'one@first.example.jp'
    const mailer = createMailer({ sender: () => sender, wake: () => undefined })
    expect((await mailer.enqueue(db, draft(), START)).messageId).toContain('@first.example.jp>')
    sender = 'two@second.example.jp'
    expect(mailer.sender).toBe(sender)
    expect((await mailer.enqueue(db, draft(), START)).messageId).toContain('@second.example.jp>')
  })
})

describe('the mail of a running service', () => {
  it('leaves after the request that causes it, though no clock ticks', async () => {
    // The worker looks once at its start and then at each tick; without ticks only a wake makes it look again.
    vi.useFakeTimers({ toFake: ['setInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const office = await openPostOffice()
    const portal = await openPortal({ env: { ZAIRYU_SMTP_URL: office.url } })
    await portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' })
    await office.letter(({ to }) => to.includes('an@example.jp'), 'the registration mail')
  })

  it('comes from the sender that was set last', async () => {
    const office = await openPostOffice()
    const portal = await openPortal({ env: { ZAIRYU_SMTP_URL: office.url } })
    const admin = await staffMember(portal, 'admin')
    const senderOf = async (email: string) => {
      await portal.visitor().call('POST', '/registrations', { email })
      const { mail } = await office.letter(({ to }) => to.includes(email), email)
      return { from: mail.from?.value[0]?.address, domain: mail.messageId?.replace(/^.*@|>$/g, '') }
    }
    expect(await senderOf('first@example.jp')).toEqual({ from: 'noreply@example.jp', domain: 'example.jp' })
    await admin.call('PUT', '/staff/mail-settings', { mailFrom: 'immi@moj.example.jp' })
    expect(await senderOf('second@example.jp')).toEqual({ from: 'immi@moj.example.jp', domain: 'moj.example.jp' })
    expect((await portal.visitor().call('GET', '/health')).body['mailFrom']).toBe('immi@moj.example.jp')
  })
})
