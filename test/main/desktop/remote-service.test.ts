import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { remoteService } from '#main/desktop/remote-service'

interface Heard {
  method: string | undefined
  url: string | undefined
  headers: Record<string, unknown>
  body: string
}

const servers: { close(): void }[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A service far away, which answers as told and remembers what it was asked. */
async function farService(status = 200, headers: Record<string, string> = {}, body: string | Buffer = '{"ok":true}') {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let said = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (said += chunk))
    request.on('end', () => {
      heard.push({ method: request.method, url: request.url, headers: request.headers, body: said })
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  servers.push(server)
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { heard, origin, api: remoteService(origin, fetch) }
}

describe('the desktop app with a service elsewhere', () => {
  it('asks it for the same path, as its own page would', async () => {
    const { heard, origin, api } = await farService()
    const init = {
      method: 'POST',
      body: '{"userId":"X"}',
      headers: {
        'Content-Type': 'application/json',
        Cookie: 'zairyu_session=t',
        Origin: 'app://main',
        Referer: 'app://main/login',
      },
    }
    await api(new Request('app://main/api/v1/session?a=b', init))
    expect(heard[0]).toMatchObject({ method: 'POST', url: '/api/v1/session?a=b', body: '{"userId":"X"}' })
    expect(heard[0]?.headers).toMatchObject({ origin, cookie: 'zairyu_session=t', 'content-type': 'application/json' })
    expect(heard[0]?.headers).not.toHaveProperty('referer')
  })

  it('hands on its answer, unpacked', async () => {
    const { api } = await farService(401, { 'Content-Encoding': 'gzip' }, gzipSync('{"code":"session.none"}'))
    const answer = await api(new Request('app://main/api/v1/session'))
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(await answer.json()).toEqual({ code: 'session.none' })
  })

  it('does not follow it to another place with the session in hand', async () => {
    const other = await farService()
    const { api } = await farService(307, { Location: `${other.origin}/api/v1/session` })
    expect(
      (await api(new Request('app://main/api/v1/session', { headers: { Cookie: 'zairyu_session=t' } }))).status,
    ).toBe(503)
    expect(other.heard).toEqual([])
  })

  it('says that it is busy when it cannot be reached', async () => {
    const { origin, api } = await farService()
    for (const server of servers.splice(0)) server.close()
    const answer = await api(new Request('app://main/api/v1/health'))
    expect(origin).toContain('127.0.0.1')
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'service.busy' })
  })
})
