import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { handlers } from './handlers'

/** `http://HOST.app.localhost/…` in Chromium is `app://HOST/…` for the program. */
export const outside = (address: string): string =>
  address.replace(/^(blob:)?http:\/\/([^/]*)\.app\.localhost(?=\/|$)/, '$1app://$2')
export const inside = (address: string): string => address.replace(/^app:\/\/([^/]*)/, 'http://$1.app.localhost')

/** Opens the server that carries the scheme and answers its port. */
export async function openCarrier(): Promise<number> {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
  return (server.address() as AddressInfo).port
}

/** Carries a request of Chromium to the handler of the scheme, as Electron would hand it over, and its answer back. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = new Headers(request.headers as Record<string, string>)
  for (const name of ['connection', 'cookie', 'host', 'transfer-encoding']) headers.delete(name)
  for (const name of ['origin', 'referer']) {
    const value = headers.get(name)
    if (value !== null) headers.set(name, outside(value))
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  const init = { method: request.method, headers, ...(hasBody && { body: Readable.toWeb(request), duplex: 'half' }) }
  const address = outside(`http://${request.headers.host}`) + request.url
  try {
    const answered = await handlers.schemes.get('app')?.(new Request(address, init as RequestInit))
    if (!answered) throw new Error(`no handler for ${address}`)
    response.writeHead(answered.status, [...answered.headers].flat())
    if (answered.body) await pipeline(Readable.fromWeb(answered.body as never), response)
    else response.end()
  } catch (error) {
    console.error(error)
    response.destroy()
  }
}
