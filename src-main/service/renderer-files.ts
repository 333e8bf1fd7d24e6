import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { getMimeType } from 'hono/utils/mime'

/**
 * Serves the built renderer from a folder, for both shells: a path with an extension is a file or 404, any other path is a
 * screen and gets `index.html`. Nothing outside the folder can be reached. Files under `/assets/` carry a hash in their
 * name and may be kept for ever.
 */
export function rendererFiles(folder: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
    const path = decodePath(new URL(request.url).pathname)
    if (path === null) return new Response('Not found', { status: 404 })
    const file = extname(path) === '' ? join(folder, 'index.html') : join(folder, normalize(path))
    if (!file.startsWith(folder + sep)) return new Response('Not found', { status: 404 })
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return new Response('Not found', { status: 404 })
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
