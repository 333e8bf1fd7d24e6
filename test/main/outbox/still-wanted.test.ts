import { type Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { listMail } from '#main/mail/mailer/outbox'
import { trainingTransport, type Delivery, type MailTransport } from '#main/mail/delivery/transports'
import { processDueMail, retryNow } from '#main/mail/delivery/worker'
import { openPortal, tokenIn, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, STAFF_PASSWORD, staffMember } from '../../support/staff'

const NUMBER = '在1番Y25071798'
const EMAIL = 'an@example.jp'

/** A mail server in memory: what it took, and what happens while it takes a mail. */
function server(during: () => Promise<Delivery | void> = () => Promise.resolve()) {
  const taken: string[] = []
  const transport: MailTransport = {
    ...trainingTransport(),
    send: async ({ subject }) => {
      taken.push(subject)
      return (await during()) ?? { accepted: true }
    },
  }
  return { taken, transport }
}

const deliver = (portal: Portal, transport: MailTransport, now: Temporal.Instant = portal.now()) =>
  processDueMail({ ...portal.data.mail, transport }, now)

/** A certificate whose mail waits. */
async function issued() {
  const portal = await openPortal()
  const person = await portal.signedIn({ email: EMAIL })
  await deliver(portal, server().transport)
  const line = JSON.stringify(certificateLine(person.userId, NUMBER))
  await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
  await addStaff(portal)
  const cancel = async () => {
    const clerk = portal.visitor()
    await clerk.call('POST', '/staff/session', { loginName: 'clerk', password: STAFF_PASSWORD })
    const { userId: _, ...form } = certificateLine(person.userId, '在1番Y25071799')
    const done = await clerk.call('POST', `/staff/certificates/${NUMBER}/reissue`, {
      reason: 'wrong name',
      certificate: form,
    })
    expect(done.status).toBe(201)
  }
  const register = () => person.visitor.call('POST', `/receipts/${NUMBER}/registration`)
  const first = async () => {
    const row = (await listMail(portal.data.db)).find(({ subject }) => subject.includes('交付'))
    if (!row) throw new Error('there is no mail of the certificate')
    return row
  }
  return { portal, ...person, cancel, register, first }
}

const mailsOf = (portal: Portal, kind: string) =>
  portal.data.db
    .selectFrom('outbox')
    .select(['status', 'withdrawn_for', 'secrets', 'lease_holder', 'sent_at', 'certificate_number'])
    .where('kind', '=', kind)
    .orderBy('created_at')
    .orderBy('id')
    .execute()

const actions = async (portal: Portal) =>
  (await portal.data.db.selectFrom('audit').select(['actor', 'action', 'detail']).execute()).filter(
    ({ action, detail }) => action === 'mail.withdrawn' && detail?.includes('certificate.'),
  )

describe('the mail of a certificate that was cancelled', () => {
  it('does not leave; that of the one in its place does', async () => {
    const { portal, cancel } = await issued()
    await cancel()
    const { taken, transport } = server()
    await deliver(portal, transport)
    expect(taken).toHaveLength(1)
    expect(await mailsOf(portal, 'certificate')).toMatchObject([
      { status: 'failed', withdrawn_for: 'certificate.cancelled', secrets: null, certificate_number: NUMBER },
      { status: 'sent', withdrawn_for: null },
    ])
    expect(await actions(portal)).toEqual([
      { actor: 'program', action: 'mail.withdrawn', detail: '{"reason":"certificate.cancelled"}' },
    ])
  })

  it('does not leave when it was cancelled after the worker had taken it up', async () => {
    const { portal, cancel } = await issued()
    const { taken, transport } = server()
    const { wanted } = portal.data.mail
    let asked = 0
    await processDueMail(
      {
        ...portal.data.mail,
        transport,
        wanted: {
          why: async (...args) => {
            if ((asked += 1) === 1) await cancel()
            return wanted?.why(...args) ?? null
          },
          onWithdrawn: (...args) => wanted?.onWithdrawn(...args) ?? Promise.resolve(),
        },
      },
      portal.now(),
    )
    expect(taken).toHaveLength(1)
    expect(await mailsOf(portal, 'certificate')).toMatchObject([
      { status: 'failed', withdrawn_for: 'certificate.cancelled', lease_holder: null },
      { status: 'sent' },
    ])
    expect(await actions(portal)).toHaveLength(1)
  })

  it('is not tried again when it was cancelled during an attempt that failed', async () => {
    const { portal, cancel } = await issued()
    let first = true
    const busy = server(async () => {
      if (!first) return
      first = false
      await cancel()
      return { accepted: false, permanent: false, reason: '451' }
    })
    await deliver(portal, busy.transport)
    portal.wait('PT1H')
    await deliver(portal, busy.transport)
    expect(busy.taken).toHaveLength(2)
    expect(await mailsOf(portal, 'certificate')).toMatchObject([
      { status: 'failed', withdrawn_for: 'certificate.cancelled' },
      { status: 'sent' },
    ])
  })

  it('counts as sent when the server took it all the same, and starts no reminders', async () => {
    const { portal, cancel } = await issued()
    let first = true
    const slow = server(async () => {
      if (!first) return
      first = false
      await cancel()
    })
    await deliver(portal, slow.transport)
    expect(await mailsOf(portal, 'certificate')).toMatchObject([{ status: 'sent' }, { status: 'sent' }])
    const row = await portal.data.db
      .selectFrom('certificates')
      .select(['mail_accepted_at', 'next_reminder_at'])
      .where('number', '=', NUMBER)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ mail_accepted_at: null, next_reminder_at: null })
  })

  it('is refused to staff who try it again, with the reason, on the screen and on the command line', async () => {
    const { portal, cancel, first } = await issued()
    const gone = server(() => Promise.resolve({ accepted: false, permanent: true, reason: '550 5.1.1 after RCPT TO' }))
    await deliver(portal, gone.transport)
    const { id } = await first()
    await cancel()
    const admin = await staffMember(portal, 'admin')
    const tried = await admin.call('POST', `/staff/mails/${id}/retry`)
    expect(tried).toMatchObject({ status: 409, body: { code: 'mail.withdrawn' } })
    const { taken, transport } = server()
    expect(await retryNow({ ...portal.data.mail, transport }, id, portal.now())).toMatchObject({
      status: 'failed',
      lastError: 'withdrawn: certificate.cancelled',
    })
    expect(taken).toEqual([])
    expect((await admin.call('GET', `/staff/mails/${id}`)).body).toMatchObject({
      status: 'withdrawn',
      withdrawnFor: 'certificate.cancelled',
      failure: null,
      nextAttemptAt: null,
    })
    const { body } = await admin.call('GET', '/staff/mails?status=withdrawn')
    expect(body['items']).toContainEqual(
      expect.objectContaining({ id, subject: expect.stringContaining('交付') as string }),
    )
    expect((await admin.call('GET', '/staff/mails?status=failed')).body['total']).toBe(0)
    expect((await portal.visitor().call('GET', '/health')).body).toMatchObject({ mail: { failed: 0 } })
    const { body: shown } = await admin.call('GET', `/staff/certificates/${NUMBER}`)
    expect(shown['timeline']).toContainEqual(expect.objectContaining({ kind: 'mail-withdrawn', state: 'done' }))
  })

  it('says so at once where no mail server is set: it would wait for ever', async () => {
    const { cancel, first } = await issued()
    await cancel()
    expect(await first()).toMatchObject({ status: 'failed', lastError: 'withdrawn: certificate.cancelled' })
  })
})

describe('a reminder that waits', () => {
  const reminded = async () => {
    const all = await issued()
    await deliver(all.portal, server().transport)
    all.portal.wait('P7D')
    await all.portal.runJobs()
    return all
  }

  it('does not leave after the receipt was registered', async () => {
    const { portal, register, userId, visitor } = await reminded()
    await visitor.logIn(userId)
    expect((await register()).status).toBe(200)
    const { taken, transport } = server()
    await deliver(portal, transport)
    expect(taken).toEqual([])
    expect(await mailsOf(portal, 'reminder')).toMatchObject([
      { status: 'failed', withdrawn_for: 'certificate.registered' },
    ])
  })

  it.each([
    { at: '2027-02-20T14:59:59Z', leaves: true },
    { at: '2027-02-20T15:00:00Z', leaves: false },
    { at: '2027-02-20T15:00:01Z', leaves: false },
  ])('leaves at $at: $leaves (the last day ends in Tokyo)', async ({ at, leaves }) => {
    const { portal } = await reminded()
    const { taken, transport } = server()
    portal.wait(portal.now().until(at, { largestUnit: 'hours' }).toString())
    await deliver(portal, transport)
    expect(taken).toHaveLength(leaves ? 1 : 0)
    if (!leaves) expect(await mailsOf(portal, 'reminder')).toMatchObject([{ withdrawn_for: 'certificate.expired' }])
  })

  it('leaves while nothing has changed', async () => {
    const { portal } = await reminded()
    const { taken, transport } = server()
    await deliver(portal, transport)
    expect(taken).toHaveLength(1)
  })

  it('does not leave for a certificate that was cancelled', async () => {
    const { portal, cancel } = await reminded()
    await cancel()
    const { taken, transport } = server()
    await deliver(portal, transport)
    expect(taken).toHaveLength(1)
    expect(await mailsOf(portal, 'reminder')).toMatchObject([{ withdrawn_for: 'certificate.cancelled' }])
  })
})

describe('a mail whose link leads nowhere any more', () => {
  it.each([
    { after: 'PT23H59M59S', leaves: true },
    { after: 'PT24H', leaves: false },
    { after: 'PT24H1S', leaves: false },
  ])('of a registration leaves $after after it was asked for: $leaves', async ({ after, leaves }) => {
    const portal = await openPortal()
    await portal.askForRegistration(EMAIL)
    portal.wait(after)
    const { taken, transport } = server()
    await deliver(portal, transport)
    expect(taken).toHaveLength(leaves ? 1 : 0)
    expect(await mailsOf(portal, 'registration')).toMatchObject([
      leaves ? { status: 'sent', withdrawn_for: null } : { status: 'failed', withdrawn_for: 'link.expired' },
    ])
  })

  it('of a registration that was completed does not leave again', async () => {
    const portal = await openPortal()
    await portal.register({ email: EMAIL })
    const { transport } = server()
    await deliver(portal, transport)
    expect(await mailsOf(portal, 'registration')).toMatchObject([{ withdrawn_for: 'link.used' }])
    expect(await mailsOf(portal, 'registered')).toMatchObject([{ status: 'sent' }])
  })

  it('of a reset, and of a change of address, do not leave after the password was changed', async () => {
    const portal = await openPortal()
    const { userId, visitor } = await portal.signedIn({ email: EMAIL })
    await portal.visitor().call('POST', '/password-resets', { userId, email: EMAIL })
    await visitor.call('POST', '/account/email-changes', { email: 'new@example.jp' })
    const password = 'Sakura-2027y'
    const changed = await visitor.call('PUT', '/account/password', { password, passwordConfirmation: password })
    expect(changed.status).toBe(204)
    await deliver(portal, server().transport)
    for (const kind of ['password-reset', 'email-change'])
      expect(await mailsOf(portal, kind)).toMatchObject([{ status: 'failed', withdrawn_for: 'link.withdrawn' }])
    expect(await mailsOf(portal, 'password-changed')).toMatchObject([{ status: 'sent' }])
  })

  it('of an earlier reset leaves, too, when somebody asks again', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({ email: EMAIL })
    for (let count = 0; count < 2; count += 1)
      await portal.visitor().call('POST', '/password-resets', { userId, email: EMAIL })
    await deliver(portal, server().transport)
    expect(await mailsOf(portal, 'password-reset')).toMatchObject([{ status: 'sent' }, { status: 'sent' }])
  })

  it('that tells the old address of a change leaves in any case: nobody keeps that news from its owner', async () => {
    const portal = await openPortal()
    const { visitor } = await portal.signedIn({ email: EMAIL })
    for (const email of ['b@example.jp', 'c@example.jp']) {
      await visitor.call('POST', '/account/email-changes', { email })
      const token = tokenIn(await portal.lastMailTo(email), 'email-change')
      await visitor.call('POST', `/email-changes/${token}/completion`)
    }
    const password = 'Sakura-2027y'
    await visitor.call('PUT', '/account/password', { password, passwordConfirmation: password })
    await deliver(portal, server().transport)
    expect(await mailsOf(portal, 'email-changed')).toMatchObject([{ status: 'sent' }, { status: 'sent' }])
  })

  it('of a reset that was done meanwhile does not leave', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register({ email: EMAIL })
    await portal.visitor().call('POST', '/password-resets', { userId, email: EMAIL })
    const token = tokenIn(await portal.lastMailTo(EMAIL), 'password-reset')
    const done = await portal.visitor().call('POST', `/password-resets/${token}/completion`, {
      password: 'Sakura-2027y',
      passwordConfirmation: 'Sakura-2027y',
    })
    expect(done.status).toBeLessThan(300)
    await deliver(portal, server().transport)
    expect((await mailsOf(portal, 'password-reset'))[0]?.withdrawn_for).toMatch(/^link\./)
    expect(await mailsOf(portal, 'password-changed')).toMatchObject([{ status: 'sent' }])
  })
})

describe('the mail that an account will be deleted', () => {
  it('does not leave after its owner has changed their mind, nor with a day that is not the right one', async () => {
    const portal = await openPortal()
    const { visitor, password } = await portal.signedIn({ email: EMAIL })
    const ask = () => visitor.call('POST', '/account/deletion', { currentPassword: password })
    expect((await ask()).status).toBe(202)
    await visitor.call('DELETE', '/account/deletion')
    portal.wait('PT1M')
    await ask()
    await deliver(portal, server().transport)
    expect(await mailsOf(portal, 'deletion-asked')).toMatchObject([
      { status: 'failed', withdrawn_for: 'deletion.withdrawn' },
      { status: 'sent' },
    ])
  })
})
