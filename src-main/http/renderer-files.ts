import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import { getMimeType } from 'hono/utils/mime'
import type { KioskOptions } from '#domain/kiosk'

/** What kind of page this is; none of it is a secret. */
export interface PageKind {
  kiosk: KioskOptions | null
  /** DESIGN §8: no page of the training is taken for the real one, not for a moment. */
  training: boolean
}

/** The page says by attributes what kind it is, so that its styles and its first script know before anything is drawn. */
function marksOf({ kiosk, training }: PageKind): string {
  const allowed = kiosk && [kiosk.print && 'print', kiosk.keyboard && 'keyboard'].filter(Boolean).join(' ')
  return [allowed !== null && `data-kiosk="${allowed}" `, training && 'data-mode="training" '].filter(Boolean).join('')
}

/**
 * Serves the built renderer from a folder, for both shells: a path with an extension is a file or 404, any other path is a
 * screen and gets `index.html`. Nothing outside the folder can be reached. Files under `/assets/` carry a hash in their
 * name and may be kept for ever.
 */
export function rendererFiles(folder: string, kind: PageKind): (request: Request) => Promise<Response> {
  const index = join(folder, 'index.html')
  const marks = marksOf(kind)
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return new Response(null, { status: 405, headers: { Allow: 'GET, HEAD' } })
    const path = decodePath(new URL(request.url).pathname)
    if (path === null) return new Response('Not found', { status: 404 })
    const file = extname(path) === '' ? index : join(folder, normalize(path))
    if (!file.startsWith(folder + sep)) return new Response('Not found', { status: 404 })
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) return new Response('Not found', { status: 404 })
    if (marks !== '' && file === index) {
      const page = (await readFile(file, 'utf8')).replace('<html ', `<html ${marks}`)
      return new Response(request.method === 'HEAD' ? null : page, {
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
      })
    }
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
