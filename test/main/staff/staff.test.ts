import { describe, expect, it } from 'vitest'
import { createServiceToken, revokeServiceToken } from '#main/features/staff-session/staff-session.repo'
import { runCli } from '../../support/cli'
import { openPortal, type Portal } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { addStaff, STAFF_PASSWORD } from '../../support/staff'

const staffLogin = (portal: Portal, loginName: string, password = STAFF_PASSWORD) =>
  portal.visitor().call('POST', '/staff/session', { loginName, password })

describe('staff (DESIGN §9)', () => {
  it('sign in with accounts of their own, in any case', async () => {
    const portal = await openPortal()
    await addStaff(portal, 'admin')
    const visitor = portal.visitor()
    expect(
      await visitor.call('POST', '/staff/session', { loginName: ' ADMIN ', password: STAFF_PASSWORD }),
    ).toMatchObject({
      status: 200,
      body: {
        loginName: 'admin',
        name: 'admin 太郎',
        role: 'admin',
        previousLoginAt: null,
        deadline: '2026-11-22T00:15:00.000Z',
      },
    })
    expect((await visitor.call('GET', '/staff/session')).status).toBe(200)
    expect((await visitor.call('DELETE', '/staff/session')).status).toBe(204)
    expect(await visitor.call('GET', '/staff/session')).toMatchObject({ status: 401, body: { code: 'staff.none' } })
  })

  it.each([
    { after: 'PT14M59S', status: 200 },
    { after: 'PT15M', status: 401 },
    { after: 'PT15M1S', status: 401 },
  ])('are signed out after 15 idle minutes: $status after $after', async ({ after, status }) => {
    const portal = await openPortal()
    await addStaff(portal)
    const visitor = portal.visitor()
    await visitor.call('POST', '/staff/session', { loginName: 'clerk', password: STAFF_PASSWORD })
    portal.wait('PT10M')
    expect((await visitor.call('POST', '/staff/session/extension')).body).toEqual({
      deadline: '2026-11-22T00:25:00.000Z',
    })
    portal.wait(after)
    expect((await visitor.call('GET', '/staff/session')).status).toBe(status)
  })

  it('are locked like users, and unknown names answer the same', async () => {
    const portal = await openPortal()
    await addStaff(portal)
    for (const name of ['clerk', 'nobody']) {
      for (const triesLeft of [4, 3, 2, 1])
        expect(await staffLogin(portal, name, 'wrong')).toMatchObject({
          status: 401,
          body: { code: 'staff.wrong', triesLeft },
        })
      expect(await staffLogin(portal, name, 'wrong')).toMatchObject({
        status: 423,
        body: { until: '2026-11-23T00:00:00.000Z' },
      })
    }
    expect((await staffLogin(portal, 'clerk')).status).toBe(423)
    portal.wait('PT24H')
    expect((await staffLogin(portal, 'clerk')).status).toBe(200)
  })

  it('and applicants do not open each other’s routes', async () => {
    const portal = await openPortal()
    await addStaff(portal, 'admin')
    const applicant = await portal.signedIn()
    expect((await applicant.visitor.call('GET', '/staff/session')).status).toBe(401)
    const staff = portal.visitor()
    await staff.call('POST', '/staff/session', { loginName: 'admin', password: STAFF_PASSWORD })
    for (const path of ['/session', '/account', '/receipts']) expect((await staff.call('GET', path)).status).toBe(401)
    expect((await staffLogin(portal, applicant.userId.toLowerCase(), applicant.password)).status).toBe(401)
    expect((await portal.visitor().logIn('admin', STAFF_PASSWORD)).status).toBe(401)
  })
})

describe('staff add and staff token (DESIGN §1)', () => {
  it('add somebody with a password that is shown once', async () => {
    const portal = await openPortal()
    const dir = portal.config.dataDir
    const added = await runCli([
      'staff',
      'add',
      'Hanako',
      '--name',
      '山田 花子',
      '--role',
      'admin',
      '--json',
      '--data',
      dir,
    ])
    const { password, ...person } = JSON.parse(added.out) as Record<string, string>
    expect(person).toEqual({ loginName: 'hanako', name: '山田 花子', role: 'admin' })
    expect((await staffLogin(portal, 'hanako', password)).body['role']).toBe('admin')
    expect(await runCli(['staff', 'add', 'hanako', '--data', dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there already') as string,
    })
    expect(await runCli(['staff', 'add', 'x y', '--data', dir])).toMatchObject({ code: 1 })
    expect(await runCli(['staff', 'add', 'taro', '--password', 'short', '--data', dir])).toMatchObject({ code: 1 })
    expect(await runCli(['staff', 'add', 'taro', '--role', 'king', '--data', dir])).toMatchObject({ code: 2 })
  })

  it('make and revoke tokens of other systems', async () => {
    const portal = await openPortal()
    const dir = portal.config.dataDir
    const { token } = JSON.parse((await runCli(['staff', 'token', 'examination', '--json', '--data', dir])).out) as {
      token: string
    }
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(await portal.data.db.selectFrom('service_tokens').selectAll().execute())).not.toContain(token)
    expect((await runCli(['staff', 'revoke', 'examination', '--data', dir])).code).toBe(0)
    expect((await runCli(['staff', 'revoke', 'examination', '--data', dir])).code).toBe(1)
  })
})

describe('certificates from the examination system (DESIGN §9)', () => {
  const withToken = async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const { token } = await createServiceToken(portal.data.db, 'examination', portal.now())
    const post = (body: unknown, authorization = `Bearer ${token}`) =>
      portal.visitor().call('POST', '/certificates', body, { Authorization: authorization })
    return { portal, userId, post }
  }

  it('are issued, one or many, and the same number twice changes nothing', async () => {
    const { portal, userId, post } = await withToken()
    expect(await post(certificateLine(userId, '在1番Y1'))).toMatchObject({
      status: 200,
      body: { issued: 1, unchanged: [] },
    })
    const many = ['在1番Y1', '在1番Y2', '在1番Y3'].map((number) => certificateLine(userId, number))
    expect((await post(many)).body).toEqual({ issued: 2, unchanged: ['在1番Y1'] })
    expect((await portal.mails()).filter(({ subject }) => subject.includes('証明書交付'))).toHaveLength(3)
  })

  it('are all refused when one does not fit, each field by its place', async () => {
    const { portal, userId, post } = await withToken()
    const bad = certificateLine(userId, '在1番Y2', { issuedOn: 'soon', colour: 'red' })
    expect((await post([certificateLine(userId, '在1番Y1'), bad])).body['errors']).toEqual([
      { field: '1.issuedOn', code: 'date.format' },
      { field: '1.colour', code: 'field.unknown' },
    ])
    expect((await post(bad)).body['errors']).toMatchObject([{ field: 'issuedOn' }, { field: 'colour' }])
    expect((await post([])).body['errors']).toMatchObject([{ code: 'rows.count' }])
    expect((await post('{"half":')).body['code']).toBe('request.malformed')
    expect(await portal.data.db.selectFrom('certificates').select('number').execute()).toEqual([])
  })

  it('need a good token', async () => {
    const { portal, userId, post } = await withToken()
    const line = certificateLine(userId, '在1番Y1')
    for (const authorization of ['', 'Bearer x', `Bearer ${'x'.repeat(43)}`, `Basic ${'x'.repeat(43)}`])
      expect(await post(line, authorization)).toMatchObject({ status: 401, body: { code: 'token.none' } })
    await revokeServiceToken(portal.data.db, 'examination', portal.now())
    expect((await post(line)).status).toBe(401)
  })
})
