import { describe, expect, it } from 'vitest'
import { createServiceToken } from '#main/features/staff-session/staff-session.repo'
import { openPortal, registrationForm, type Portal, type Visitor } from '../../support/portal'
import { certificateLine, PASSWORD } from '../../support/samples'
import { addStaff, STAFF_PASSWORD } from '../../support/staff'

/** What a field, an address or a header may carry when somebody means ill, or when a program between here and there is broken. */
const HOSTILE = [
  '\uD800',
  'x\uDC00',
  '\0',
  'a\0b',
  '\u0007\u001B[31m',
  '\uFFFD',
  '\u202E10101\u202C',
  '\u2066\u200B',
  '\r\nBcc: x@example.jp',
  '\uFEFF',
  'ﷺ'.repeat(50),
  'a\u0301'.repeat(300),
  '💥',
  '__proto__',
  "' or 1=1 --",
  '%00',
  '9'.repeat(400),
]

interface Schema {
  type?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  $ref?: string
  enum?: unknown[]
}
interface Operation {
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
interface Described {
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

/** What fits a field of this name, so that the others of a form do not hide the one that is tried. */
const FITTING: Record<string, unknown> = {
  ...certificateLine('AAAAAAAAAA', '在1番Y9'),
  ...registrationForm,
  email: 'an@example.jp',
  emailConfirmation: 'an@example.jp',
  userId: 'AAAAAAAAAA',
  loginName: 'hanako',
  name: '花子',
  role: 'clerk',
  password: PASSWORD,
  passwordConfirmation: PASSWORD,
  currentPassword: PASSWORD,
  office: '東京出入国在留管理局',
  reason: '理由',
  lines: '{}',
  code: 'ABCDEFGH',
  language: 'ja',
  publishedAt: '2026-11-22T00:00:00Z',
}

/** Every body of a schema in which one text is hostile. */
function bodies(schema: Schema, refs: Record<string, Schema>, text: string, name = ''): unknown[] {
  const { $ref } = schema
  if ($ref !== undefined) return bodies(refs[$ref.split('/').at(-1) ?? ''] ?? {}, refs, text, name)
  const some = schema.anyOf ?? schema.oneOf
  if (some) return some.flatMap((one) => bodies(one, refs, text, name))
  if (schema.type === 'array') return bodies(schema.items ?? {}, refs, text, name).map((one) => [one])
  if (!schema.properties) return [text]
  const fields = Object.entries(schema.properties)
  const fitting = Object.fromEntries(fields.map(([field, part]) => [field, FITTING[field] ?? fit(part, refs, field)]))
  return fields.flatMap(([field, part]) => bodies(part, refs, text, field).map((one) => ({ ...fitting, [field]: one })))
}
function fit(schema: Schema, refs: Record<string, Schema>, name: string): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema.properties)
    return Object.fromEntries(
      Object.entries(schema.properties).map(([field, part]) => [field, FITTING[field] ?? fit(part, refs, field)]),
    )
  return FITTING[name] ?? (schema.type === 'boolean' ? false : schema.type === 'integer' ? 1 : 'x')
}

/** The route by which most is taken in. */
const isHandover = ({ path }: { path: string }) => path.endsWith('/certificates')
const encoded = (text: string) => (text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80')

/** An applicant and an admin in one browser, new ones each time: some routes lock who asks. */
async function everybody(portal: Portal, number: number): Promise<Visitor> {
  const { userId } = await portal.register({ email: `an${number}@example.jp` })
  const loginName = `admin${number}`
  await addStaff(portal, 'admin', loginName)
  const visitor = portal.visitor()
  await visitor.logIn(userId)
  await visitor.call('POST', '/staff/session', { loginName, password: STAFF_PASSWORD })
  Object.assign(FITTING, { userId, loginName })
  return visitor
}

describe('whatever a text holds', () => {
  it('no route ever fails on it', async () => {
    const portal = await openPortal()
    const { token } = await createServiceToken(portal.data.db, 'examination', portal.now())
    const described = (await portal.visitor().call('GET', '/openapi.json')).body as unknown as Described
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
    )
    expect(operations.length).toBeGreaterThan(50)
    const failed: string[] = []
    /** What was taken in can be shown. */
    const look = async (owner: Visitor) => {
      const { body } = await owner.call('GET', '/receipts?size=100')
      for (const { certificateNumber } of body['items'] as { certificateNumber: string }[])
        for (const route of ['/receipts', '/staff/certificates'])
          expect((await owner.call('GET', `${route}/${encodeURIComponent(certificateNumber)}`)).status).toBe(200)
      return Number(body['total'])
    }
    let asked = 0
    let index = 0
    for (const { path, method, operation } of operations) {
      const visitor = await everybody(portal, index)
      const schema = operation.requestBody?.content['application/json']?.schema
      // Two texts a route and run, others at the next route; all of them together are tried at every kind of field.
      for (const text of [HOSTILE[index++ % HOSTILE.length] ?? '', HOSTILE[(index * 7) % HOSTILE.length] ?? '']) {
        const way = path.replace(/\{\w+\}|:\w+/g, encoded(text))
        const query = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'query')
          .map(({ name }) => `${name}=${encoded(text)}`)
          .join('&')
        const url = `${way}${query === '' ? '' : `?${query}`}`
        for (const body of schema ? bodies(schema, described.components?.schemas ?? {}, text) : [undefined]) {
          const answer = await visitor.call(method, url, body, {
            'Idempotency-Key': encoded(text),
            Authorization: `Bearer ${token}`,
          })
          asked += 1
          if (answer.status >= 500) failed.push(`${answer.status} ${method} ${path} ${JSON.stringify({ text, body })}`)
        }
      }
      if (isHandover({ path })) expect(await look(visitor)).toBeGreaterThan(0)
    }
    expect(asked).toBeGreaterThan(200)
    expect(failed).toEqual([])
  }, 120_000)

  it('no cookie or header makes a route fail', async () => {
    const portal = await openPortal()
    for (const value of ['%ED%A0%80', '%00', '%', '\u00FF', '"', 'a%0D%0Ab'])
      for (const name of ['zairyu_session', 'zairyu_staff', 'zairyu_device'])
        for (const path of ['/session', '/staff/session']) {
          const headers = { Cookie: `${name}=${value}`, 'User-Agent': value, 'Accept-Language': value }
          expect((await portal.visitor().call('GET', path, undefined, headers)).status).toBe(401)
          expect(
            (await portal.visitor().call('POST', '/registrations', { email: 'an@example.jp' }, headers)).status,
          ).toBeLessThan(500)
        }
  })
})
