import { describe, expect, it } from 'vitest'
import { listMail, showMail } from '#main/mail/mailer/outbox'
import { smtpTransport } from '#main/mail/delivery/transports'
import { processDueMail, retryNow } from '#main/mail/delivery/worker'
import { delivery, FROM, openOutbox, openPostOffice, put, START } from './post-office'

describe('delivery to a mail server', () => {
  it('brings text and HTML in UTF-8 under the Message-ID of the outbox', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    const { messageId } = await put(db, { language: 'en, ja', subject: '【入管庁】利用者登録のご案内 (Complete 👍)' })
    expect(await processDueMail(delivery(db, smtpTransport(office.url, FROM)), START)).toBe(1)
    const [letter] = office.letters
    expect(letter?.to).toEqual(['an@example.jp'])
    expect(letter?.mail).toMatchObject({
      messageId,
      subject: '【入管庁】利用者登録のご案内 (Complete 👍)',
      text: 'http://127.0.0.1:4180/register/TOKEN-1\nABCD-EFGH\n',
      html: '<p><a href="http://127.0.0.1:4180/register/TOKEN-1">http://127.0.0.1:4180/register/TOKEN-1</a> ABCD-EFGH</p>',
      attachments: [],
      date: new Date('2026-11-22T00:00:00Z'),
    })
    expect(letter?.mail.from?.value).toEqual([{ address: FROM, name: '在留申請オンラインシステム' }])
    expect(letter?.raw).toMatch(/^Date: Sun, 22 Nov 2026 09:00:00 \+0900\r$/m)
    expect(letter?.raw).toMatch(/^Content-Language: en, ja\r$/m)
    expect(letter?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(letter?.raw).not.toMatch(/^X-Mailer/m)
    expect(await listMail(db)).toMatchObject([{ status: 'sent', attempts: 1, sentAt: '2026-11-22T00:00:00.000Z' }])
  })

  it('sends the same bytes again after a temporary refusal', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    office.contentAnswers.push({ responseCode: 451, message: '4.3.0 an@example.jp: please try later' })
    await put(db)
    const transport = smtpTransport(office.url, FROM)
    await processDueMail(delivery(db, transport), START)
    expect(await listMail(db)).toMatchObject([
      { status: 'queued', attempts: 1, lastError: '451 4.3.0 after DATA', sentAt: null },
    ])
    expect(await processDueMail(delivery(db, transport), START.add({ seconds: 59 }))).toBe(0)
    expect(
      await processDueMail(
        delivery(db, transport, { linkBase: 'https://moved.example.jp' }),
        START.add({ seconds: 60 }),
      ),
    ).toBe(1)
    expect(office.letters).toHaveLength(2)
    expect(office.letters[1]?.raw).toBe(office.letters[0]?.raw)
    const [sent] = await listMail(db)
    expect(sent).toMatchObject({ status: 'sent', attempts: 2 })
    expect(sent).not.toHaveProperty('lastError')
  })

  it.each(['recipientAnswers', 'contentAnswers'] as const)(
    'stops at once when refused for good (%s)',
    async (where) => {
      const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
      office[where].push({ responseCode: 550, message: '5.1.1 <an@example.jp>: user unknown' })
      const { id } = await put(db)
      const deps = delivery(db, smtpTransport(office.url, FROM))
      await processDueMail(deps, START)
      const step = where === 'recipientAnswers' ? 'RCPT TO' : 'DATA'
      expect(await listMail(db)).toMatchObject([
        { status: 'failed', attempts: 1, lastError: `550 5.1.1 after ${step}` },
      ])
      expect(await processDueMail(deps, START.add({ hours: 1 }))).toBe(0)
      expect(await retryNow(deps, id, START.add({ hours: 100 }))).toMatchObject({ id, status: 'sent', attempts: 2 })
      expect(office.letters.at(-1)?.mail.text).toContain('/register/TOKEN-1')
    },
  )

  it('keeps the mail while the server is down, however long that is', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    await office.close()
    const { id } = await put(db)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START)
    expect(await listMail(db)).toMatchObject([{ status: 'queued', lastError: 'ECONNREFUSED' }])
    await processDueMail(deps, START.add({ hours: 72 }))
    expect(await listMail(db)).toMatchObject([{ status: 'queued', attempts: 2 }])
    expect(await showMail(db, id, deps)).toMatchObject({ text: expect.stringContaining('TOKEN-1') })
  })

  it('gives the mail up after 3 days in which the recipient’s server asks to try later', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    for (let count = 0; count < 2; count += 1)
      office.contentAnswers.push({ responseCode: 451, message: '4.7.1 greylisted' })
    await put(db)
    const deps = delivery(db, smtpTransport(office.url, FROM))
    await processDueMail(deps, START.add({ hours: 70 }))
    expect(await listMail(db)).toMatchObject([{ status: 'queued', attempts: 1 }])
    await processDueMail(deps, START.add({ hours: 72 }))
    expect(await listMail(db)).toMatchObject([{ status: 'failed', attempts: 2 }])
  })

  it('keeps the mail when the server refuses the sender: that is for the operator to mend', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice()])
    office.senderAnswers.push({ responseCode: 550, message: '5.7.1 not allowed to send' })
    await put(db)
    await processDueMail(delivery(db, smtpTransport(office.url, FROM)), START)
    expect(await listMail(db)).toMatchObject([{ status: 'queued', lastError: '550 5.7.1 after MAIL FROM' }])
  })

  it('keeps the mail when the server refuses the password', async () => {
    const [{ db }, office] = await Promise.all([openOutbox(), openPostOffice({ locked: true })])
    await put(db)
    await processDueMail(delivery(db, smtpTransport(office.url.replace('//', '//user:secret@'), FROM, 'plain')), START)
    expect(await listMail(db)).toMatchObject([{ status: 'queued', lastError: '535 5.7.8 after AUTH PLAIN' }])
  })
})
