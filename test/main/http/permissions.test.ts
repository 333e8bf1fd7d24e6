import { describe, expect, it } from 'vitest'
import { importCertificates } from '#main/features/issue/import-certificates.action'
import { createServiceToken } from '#main/features/staff-session/staff-session.repo'
import { openPortal, type Visitor } from '../../support/portal'
import { certificateLine } from '../../support/samples'
import { staffMember } from '../../support/staff'

const WHO = ['nobody', 'other applicant', 'owner', 'clerk', 'admin', 'system'] as const
type Who = (typeof WHO)[number]

const EVERYBODY: readonly Who[] = WHO
const APPLICANTS: readonly Who[] = ['other applicant', 'owner']
const STAFF: readonly Who[] = ['clerk', 'admin']

/** Who may call what; the first row that fits counts. A route that no row names fails the test. */
const RULES: [RegExp, readonly Who[]][] = [
  [/^(POST|DELETE) \/session$/, EVERYBODY],
  [/^(POST|DELETE) \/staff\/session$/, EVERYBODY],
  [/^\w+ \/staff\/session/, STAFF],
  [/^\w+ \/staff\/(applications|applicants|certificates)/, STAFF],
  [/^\w+ \/staff\//, ['admin']],
  [/^\w+ \/(session|account|receipts|applications)(\/|$)/, APPLICANTS],
  [/^POST \/certificates$/, ['system']],
  [/^POST \/crash-reports$/, EVERYBODY],
  [/^POST \/support-files$/, ['admin']],
  [/^GET \/(health|announcements|verification-key)/, EVERYBODY],
  [/^POST \/(registrations|codes|user-id-reminders|password-resets)/, EVERYBODY],
  [/^\w+ \/(registrations|password-resets|email-changes|email-undos)\/\{token\}/, EVERYBODY],
]

/** Calls that would end the session with which the others are made come last. */
const isLast = (route: string) => /DELETE \/(staff\/)?session|not-me/.test(route)

describe('who may call what', () => {
  it('is kept for every route and everybody', async () => {
    const portal = await openPortal()
    const owner = await portal.signedIn()
    const other = await portal.signedIn({ email: 'be@example.jp', nameEn: 'TRAN THI BE' })
    const line = JSON.stringify(certificateLine(owner.userId, '在1番Y1'))
    await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
    const { token } = await createServiceToken(portal.data.db, 'examination', portal.now())
    const system = portal.visitor()
    const visitors: Record<Who, Visitor> = {
      nobody: portal.visitor(),
      'other applicant': other.visitor,
      owner: owner.visitor,
      clerk: await staffMember(portal, 'clerk'),
      admin: await staffMember(portal, 'admin'),
      system: {
        ...system,
        call: (method, path, body) => system.call(method, path, body, { Authorization: `Bearer ${token}` }),
      },
    }
    const { body } = await portal.visitor().call('GET', '/openapi.json')
    const routes = Object.entries(body['paths'] as Record<string, object>)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
      .sort((one, next) => Number(isLast(one)) - Number(isLast(next)))
    expect(routes.length).toBeGreaterThan(40)

    const wrong: string[] = []
    for (const route of routes) {
      const may = RULES.find(([pattern]) => pattern.test(route))?.[1]
      if (!may) {
        wrong.push(`${route}: no row says who may call it`)
        continue
      }
      const [method = '', path = ''] = route.split(' ')
      for (const who of WHO) {
        const { status, body: answer } = await visitors[who].call(
          method,
          path.replace(/\{\w+\}/g, 'x'),
          method === 'GET' || method === 'DELETE' ? undefined : {},
        )
        const isRefused = status === 401 || (status === 403 && answer['code'] !== 'session.not-recent')
        if (isRefused === may.includes(who) || status >= 500)
          wrong.push(`${route} by ${who}: ${status} ${String(answer['code'])}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('lets nobody but its owner see or register a certificate', async () => {
    const portal = await openPortal()
    const owner = await portal.signedIn()
    const other = await portal.signedIn({ email: 'be@example.jp' })
    const line = JSON.stringify(certificateLine(owner.userId, '在1番Y1'))
    await importCertificates(portal.data.db, line, { actor: 'operator', mailer: portal.data.mailer }, portal.now())
    const number = encodeURIComponent('在1番Y1')
    for (const [method, path, status] of [
      ['GET', `/receipts/${number}`, 200],
      ['POST', `/receipts/${number}/registration`, 200],
    ] as const) {
      expect((await other.visitor.call(method, path)).status).toBe(404)
      expect((await owner.visitor.call(method, path)).status).toBe(status)
    }
  })
})
