import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const find = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))

const FOLDERS = '{src-main,src-preload,src-renderer,resources,scripts,test}'
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...find(`${FOLDERS}/**/*.md`)]
const SOURCES = find(`{${FOLDERS.slice(1, -1)},eslint}/**/*.{ts,vue,mjs,js,md,css}`)

/** A source or document in backticks (`platform/clock.ts`), by its path from anywhere above it, and what a link leads to. */
const NAMED = /`((?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:ts|vue|mjs|js|md|css))`/g
const LINKED = /\]\(([^):#]+)\)/g

/** What a document names and the repository does not have. */
function missingIn(path: string, text: string): string[] {
  const named = [...text.matchAll(NAMED), ...text.matchAll(LINKED)].map(([, name]) => name ?? '')
  return named.filter(
    (name) =>
      !existsSync(join(ROOT, name)) &&
      !existsSync(join(ROOT, dirname(path), name)) &&
      !SOURCES.some((source) => source.endsWith(`/${name}`)),
  )
}

describe('documents', () => {
  it.each(DOCUMENTS)('%s names only files that are there', (path) => {
    expect(missingIn(path, readFileSync(join(ROOT, path), 'utf8'))).toEqual([])
  })

  it('would be caught naming others', () => {
    const text = '`platform/clock.ts` `clock.ts` `platform/watch.ts` [a](test/README.md) [b](test/NONE.md) `index.html`'
    expect(missingIn('README.md', text)).toEqual(['platform/watch.ts', 'test/NONE.md'])
  })

  it('keep the lines of the first one short', () => {
    const long = readFileSync(join(ROOT, 'README.md'), 'utf8')
      .split('\n')
      .filter((line) => line.length > 160)
    expect(long).toEqual([])
  })

  it('stand in every room that has many', () => {
    const rooms = ['src-main', 'src-preload', 'src-renderer', 'resources', 'scripts', 'test']
    const inner = ['src-main/desktop', 'src-main/features', 'src-main/database', 'src-renderer/components']
    for (const room of [...rooms, ...inner]) expect(DOCUMENTS).toContain(`${room}/README.md`)
  })
})
