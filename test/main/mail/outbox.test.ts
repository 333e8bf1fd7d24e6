import { describe, expect, it } from 'vitest'
import { createAccount } from '#main/features/account/account.repo'
import { countMail, listMail, showMail } from '#main/mail/mailer/outbox'
import { trainingTransport } from '#main/mail/delivery/transports'
import { processDueMail } from '#main/mail/delivery/worker'
import { delivery, draft, FROM, mailer, openOutbox, put, START } from './post-office'

const person = {
  category: 'applicant',
  nameEn: 'NGUYEN VAN AN',
  email: 'an@example.jp',
  phone: '0312345678',
  organization: null,
  birthDate: null,
  sex: null,
  postalCode: null,
  address: null,
  password: 'Abc$defg12',
  language: 'ja',
  passwordHash: 'none',
} as const
const setting = { linkBase: 'http://127.0.0.1:4180', from: FROM }

describe('a mail in the outbox', () => {
  it('exists only when the change that causes it does', async () => {
    const { db } = await openOutbox()
    const change = db.transaction().execute(async (trx) => {
      await mailer.enqueue(trx, draft(), START)
      throw new Error('the change fails')
    })
    await expect(change).rejects.toThrow('the change fails')
    expect(await listMail(db)).toEqual([])
  })

  it('is listed in the order of creation, also within one instant', async () => {
    const { db } = await openOutbox()
    const names = Array.from({ length: 20 }, (_, place) => `p${place}@example.jp`)
    for (const to of names) await put(db, { to })
    expect((await listMail(db)).map(({ to }) => to)).toEqual(names)
  })

  it('is listed and shown in the agreed form', async () => {
    const { db } = await openOutbox()
    const { id, messageId } = await put(db)
    expect(messageId).toMatch(/^<[0-9a-f]{32}@immi\.example\.jp>$/)
    const listed = {
      id,
      to: 'an@example.jp',
      subject: '【入管庁】利用者登録のご案内',
      status: 'queued',
      messageId,
      sentAt: null,
      attempts: 0,
    }
    expect(await listMail(db)).toEqual([listed])
    expect(await showMail(db, id, setting)).toEqual({
      ...listed,
      from: FROM,
      text: 'http://127.0.0.1:4180/register/TOKEN-1\nABCD-EFGH\n',
      html: '<p><a href="http://127.0.0.1:4180/register/TOKEN-1">http://127.0.0.1:4180/register/TOKEN-1</a> ABCD-EFGH</p>',
    })
    expect(await showMail(db, 'no-such-mail', setting)).toBeNull()
    expect(await countMail(db)).toEqual({ queued: 1, failed: 0 })
  })

  it('belongs to the account that it is about, and goes with it; others stay', async () => {
    const { db } = await openOutbox()
    const { id: accountId } = await createAccount(db, person, START)
    await put(db, { accountId })
    const { id } = await put(db)
    const ofAccount = db.selectFrom('outbox').select('account_id').orderBy('created_at').orderBy('id')
    expect(await ofAccount.execute()).toEqual([{ account_id: accountId }, { account_id: null }])
    await db.deleteFrom('accounts').execute()
    expect((await listMail(db)).map((mail) => mail.id)).toEqual([id])
  })

  it('forgets its token and code once it has been accepted', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    await processDueMail(delivery(db, trainingTransport()), START)
    expect(JSON.stringify(await db.selectFrom('outbox').selectAll().execute())).not.toMatch(/TOKEN-1|ABCD-EFGH/)
    const shown = await showMail(db, id, setting)
    expect(shown?.text).toContain('（送信後に消去しました / removed after sending）')
    expect(shown?.html).not.toContain('href')
  })

  it('keeps them in training, whose mailbox shows links that work', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    await processDueMail(delivery(db, trainingTransport(), { retainSecrets: true }), START)
    expect(await showMail(db, id, setting)).toMatchObject({
      status: 'sent',
      text: expect.stringContaining('/register/TOKEN-1'),
    })
  })

  it('keeps the link base of its first attempt', async () => {
    const { db } = await openOutbox()
    const { id } = await put(db)
    const down = {
      send: () => Promise.resolve({ accepted: false, permanent: false, reason: 'down' } as const),
      reach: () => Promise.resolve(null),
      close: () => undefined,
    }
    await processDueMail(delivery(db, down, { linkBase: 'https://first.example.jp' }), START)
    expect(await showMail(db, id, setting)).toMatchObject({
      text: expect.stringContaining('https://first.example.jp/register/'),
    })
  })

  it.each(['an@example.jp\r\nBcc: eve@example.jp', 'an@example.jp, eve@example.jp', 'An <an@example.jp>', '', 'an'])(
    'is refused for the recipient %j',
    async (to) => {
      const { db } = await openOutbox()
      await expect(put(db, { to })).rejects.toThrow(RangeError)
      expect(await listMail(db)).toEqual([])
    },
  )

  it('has a subject of one line, whatever was put into it', async () => {
    const { db } = await openOutbox()
    await put(db, { subject: 'Hello\r\nBcc: eve@example.jp' })
    expect((await listMail(db))[0]?.subject).toBe('Hello Bcc: eve@example.jp')
  })
})
