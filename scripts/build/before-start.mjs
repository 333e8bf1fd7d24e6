import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ENTRY = fileURLToPath(new URL('../../src-renderer/before-start.ts', import.meta.url))

/** `src-renderer/before-start.ts` as a script that needs no other file and no new browser. */
async function compile() {
  const { output } = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      target: 'es2015',
      rolldownOptions: { input: ENTRY, output: { format: 'iife' } },
    },
  }).then((result) => (Array.isArray(result) ? result[0] : result))
  const [script, ...more] = output
  if (more.length > 0 || script.imports.length > 0)
    throw new Error('src-renderer/before-start.ts must be one file: it speaks when no other came')
  return script.code
}

/**
 * Puts `src-renderer/before-start.ts` before the program, as a script of its own: what goes wrong in the files of the program, down to one that
 * cannot be read at all, is told by a script that is none of them.
 * @type {import('vite').Plugin}
 */
export const beforeStart = {
  name: 'before-start',
  async buildStart() {
    if (this.meta.watchMode || this.environment?.mode === 'dev') return
    const code = await compile()
    const name = createHash('sha256').update(code).digest('base64url').slice(0, 8)
    beforeStart.api.file = `assets/before-start-${name}.js`
    this.emitFile({ type: 'asset', fileName: beforeStart.api.file, source: code })
  },
  api: { file: null },
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const { file } = beforeStart.api
      const tag = file ? `<script src="/${file}"></script>` : '<script type="module" src="/before-start.ts"></script>'
      return html.replace('<script type="module"', `${tag}\n    $&`)
    },
  },
}
