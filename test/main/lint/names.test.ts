import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../../../eslint/rooms.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const sources = (pattern: string) => globSync(pattern, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'))

/** Beside those of features: tables of the database, and two of the renderer. */
const OTHER_ROLES = ['table', 'store', 'fields']
const KNOWN_ROLES = [...ROLES, ...OTHER_ROLES]

describe('names of files', () => {
  it('are kebab-case with a known role', () => {
    const odd = sources('src-{main,preload,renderer}/**/*.ts').filter((path) => {
      const [name = '', ...role] = basename(path, '.ts').split('.')
      return (
        !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ||
        role.length > 1 ||
        (role[0] && !KNOWN_ROLES.includes(role[0]) && role[0] !== 'd')
      )
    })
    expect(odd).toEqual([])
  })

  it('are PascalCase in Vue', () => {
    expect(sources('src-renderer/**/*.vue').filter((path) => !/^[A-Z][A-Za-z0-9]*\.vue$/.test(basename(path)))).toEqual(
      [],
    )
  })

  it('say what is in them', () => {
    const vague = /(^|[/.])(utils?|helpers?|common|manager|misc)([/.]|$)/
    const found = sources('{src-main,src-preload,src-renderer,test,scripts}/**/*.{ts,vue,mjs}')
    expect(found.filter((path) => vague.test(path))).toEqual([])
  })

  it('lead to no barrels', () => {
    expect(sources('src-{main,preload,renderer}/**/index.ts').sort()).toEqual([
      'src-main/index.ts',
      'src-preload/index.ts',
    ])
  })
})
