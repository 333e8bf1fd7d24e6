import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { getMimeType } from 'hono/utils/mime'
import type { KioskOptions } from '#contract/kiosk'

/** The start page of a kiosk says so by an attribute, which its styles and its first script find before anything is drawn. */
function markKiosk(page: string, { print, keyboard }: KioskOptions): string {
  const allowed = [print && 'print', keyboard && 'keyboard'].filter(Boolean).join(' ')
  return page.replace('<html ', `<html data-kiosk="${allowed}" `)
}

/**
 * Serves the built renderer from a folder, for both shells: a path with an extension is a file or 404, any other path is a
 * screen and gets `index.html`. Nothing outside the folder can be reached. Files under `/assets/` carry a hash in their
 * name and may be kept for ever.
 */
export function rendererFiles(
  folder: string,
  kiosk: KioskOptions | null = null,
): (request: Request) => Promise<Response> {
  const index = join(folder, 'index.html')
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
    const path = decodePath(new URL(request.url).pathname)
    if (path === null) return new Response('Not found', { status: 404 })
    const file = extname(path) === '' ? index : join(folder, normalize(path))
    if (!file.startsWith(folder + sep)) return new Response('Not found', { status: 404 })
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return new Response('Not found', { status: 404 })
    if (kiosk && file === index)
      return new Response(request.method === 'HEAD' ? null : markKiosk(await readFile(file, 'utf8'), kiosk), {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
      })
    const headers = {
      'Content-Type': getMimeType(file) ?? 'application/octet-stream',
      'Content-Length': String(found.size),
      'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    if (request.method === 'HEAD') return new Response(null, { headers })
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, { headers })
  }
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') ? null : path
  } catch {
    return null
  }
}
