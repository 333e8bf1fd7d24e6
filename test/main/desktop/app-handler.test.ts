import { describe, expect, it } from 'vitest'
import { appHandler } from '#main/desktop/app-handler'
import { SECURITY_HEADERS } from '#main/http/guards/security-headers'

function shell(api: (request: Request) => Promise<Response> = () => Promise.resolve(new Response('{}'))) {
  const asked: Request[] = []
  const handler = appHandler({
    api: (request) => {
      asked.push(request)
      return api(request)
    },
    files: () => Promise.resolve(new Response('<!doctype html>', { headers: { 'Content-Type': 'text/html' } })),
  })
  return { asked, get: (address: string, init?: RequestInit) => handler(new Request(address, init)) }
}

const signsIn = () =>
  Promise.resolve(new Response('{}', { headers: [['Set-Cookie', 'zairyu_session=secret; HttpOnly; Path=/']] }))

describe('a request of the page to the service', () => {
  it('comes from our own origin, whatever the page says', async () => {
    const { asked, get } = shell()
    await get('app://main/api/v1/health', { headers: { Origin: 'https://evil.example' } })
    expect(asked[0]?.headers.get('origin')).toBe('app://main')
  })

  it('carries the session that an earlier answer has set, and none that the page invents', async () => {
    const { asked, get } = shell(signsIn)
    await get('app://main/api/v1/session', { headers: { Cookie: 'zairyu_session=mine' } })
    await get('app://main/api/v1/account', { headers: { Cookie: 'zairyu_session=mine' } })
    expect(asked.map(({ headers }) => headers.get('cookie'))).toEqual([null, 'zairyu_session=secret'])
  })

  it('is answered without the token', async () => {
    const answer = await shell(signsIn).get('app://main/api/v1/session')
    expect([...answer.headers].flat().join()).not.toContain('secret')
  })

  it('keeps method, body and type', async () => {
    const { asked, get } = shell()
    const init = { method: 'POST', body: '{"email":"an@example.jp"}', headers: { 'Content-Type': 'application/json' } }
    await get('app://main/api/v1/registrations?x=1', init)
    const [request] = asked
    expect(request?.method).toBe('POST')
    expect(request?.url).toBe('app://main/api/v1/registrations?x=1')
    expect(await request?.text()).toBe('{"email":"an@example.jp"}')
  })

  it('is refused when it changes something for a page of another origin', async () => {
    const { asked, get } = shell()
    const answer = await get('app://main/api/v1/session', {
      method: 'DELETE',
      headers: { Origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'request.origin' })
    expect(asked).toEqual([])
  })

  it('is told that the service is busy when it fails', async () => {
    const answer = await shell(() => Promise.reject(new Error('down'))).get('app://main/api/v1/health')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({ code: 'service.busy' })
  })

  it('is answered without a body where the service has none to give', async () => {
    const answer = await shell(() => Promise.resolve(new Response(null, { status: 204 }))).get(
      'app://main/api/v1/session',
    )
    expect(answer.status).toBe(204)
    expect(answer.body).toBeNull()
  })
})

describe('every answer of app://', () => {
  it.each(['app://main/', 'app://main', 'app://main/register/x', 'app://main/api/v1/health', 'app://other/'])(
    'to %s carries the security headers',
    async (address) => {
      const { headers } = await shell().get(address)
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) expect(headers.get(name)).toBe(value)
    },
  )

  it.each(['app://other/', 'app://main.evil/', 'app://evil/api/v1/health'])(
    'to %s is that it does not exist',
    async (address) => {
      const { asked, get } = shell()
      expect((await get(address)).status).toBe(404)
      expect(asked).toEqual([])
    },
  )
})

describe('who listens to the answers of the service', () => {
  it('hears each of them before the page does, and takes nothing away from it', async () => {
    const heard: string[] = []
    const handler = appHandler({
      api: () => Promise.resolve(Response.json({ deadline: 'x' })),
      files: () => Promise.resolve(new Response('<!doctype html>')),
      heard: async (request, answer) => {
        const body = JSON.stringify(await answer.clone().json())
        heard.push(`${request.method} ${new URL(request.url).pathname} ${body}`)
      },
    })
    const answer = await handler(new Request('app://main/api/v1/session'))
    expect(heard).toEqual(['GET /api/v1/session {"deadline":"x"}'])
    expect(await answer.json()).toEqual({ deadline: 'x' })
    await handler(new Request('app://main/login'))
    expect(heard).toHaveLength(1)
  })
})
