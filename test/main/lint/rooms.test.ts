import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { COLUMNS, mayImport, ROOM_SIZE, roomOf } from '../../../eslint/rooms.js'
import { circles, measureHouse, readImports, specifiersOf } from '../../../scripts/checks/measure-house.mjs'
import { complaints, refusedLines } from './lint'

/** A file of each room of the table. */
const fileIn = (room: string) => (room.endsWith('*') ? room.replace('*', 'alpha/open.action') : `${room}/open`)
const FILES: Record<string, string> = {
  'src-main/index': 'src-main/index',
  'src-main/serve': 'src-main/serve',
  'src-main/cli': 'src-main/cli',
  'src-preload/index': 'src-preload/index',
  'src-renderer/main': 'src-renderer/main',
  'src-renderer/before-start': 'src-renderer/before-start',
  'src-renderer/App': 'src-renderer/App',
}
const sampleOf = (room: string) => FILES[room] ?? fileIn(room)
const relative = (from: string, to: string) => `${'../'.repeat(from.split('/').length - 1)}${to}`
const importing = (from: string, to: string) => `export { a } from '${relative(from, to)}'`

describe('the order of the rooms', () => {
  const pairs = Object.entries(COLUMNS).flatMap(([column, levels]) =>
    levels.slice(1).map((below, index) => ({ column, above: levels[index]?.[0] ?? '', below: below[0] ?? '' })),
  )

  it.each(pairs)('$above may import $below, never the other way', async ({ above, below }) => {
    const [upper, lower] = [sampleOf(above), sampleOf(below)]
    expect(await refusedLines(`${upper}.ts`, [importing(upper, lower)], 'rooms/order')).toEqual([])
    expect(await refusedLines(`${lower}.ts`, [importing(lower, upper)], 'rooms/order')).toHaveLength(1)
  })

  it('is the one that the README of the program draws', () => {
    const names = ['desktop', 'app', 'features/account', 'http', 'mail', 'database', 'platform']
    const rooms = [
      'src-main/index',
      ...names.map((name) => `src-main/${name}`),
      'src-preload/contract',
      'src-preload/domain',
    ]
    rooms.forEach((room, index) => {
      for (const other of rooms.slice(index + 1)) {
        expect([room, other, mayImport(room, other)]).toEqual([room, other, true])
        expect([other, room, mayImport(other, room)]).toEqual([other, room, false])
      }
    })
  })

  it('lets screens import each other, and no other neighbours', () => {
    expect(mayImport('src-renderer/screens/alpha', 'src-renderer/screens/beta')).toBe(true)
    expect(mayImport('src-main/features/account', 'src-main/features/backup')).toBe(false)
    expect(mayImport('src-main/http', 'src-main/command')).toBe(false)
    expect(mayImport('src-main/serve', 'src-main/cli')).toBe(false)
  })

  it('puts features above those on which they build', () => {
    const built = ['counter', 'issue', 'certificate', 'application', 'account'].map(
      (name) => `src-main/features/${name}`,
    )
    expect(built.slice(1).map((below, index) => mayImport(built[index] ?? '', below))).toEqual([true, true, true, true])
    expect(built.slice(1).map((below, index) => mayImport(below, built[index] ?? ''))).toEqual(Array(4).fill(false))
  })

  it('leads from no process into another but through contract and domain', () => {
    expect(mayImport('src-renderer/api', 'src-main/http')).toBe(false)
    expect(mayImport('src-main/desktop', 'src-preload/index')).toBe(false)
    expect(mayImport('src-renderer/api', 'src-preload/contract')).toBe(true)
  })

  it('is the same for types, aliases, re-exports, and what is loaded late', async () => {
    const lines = [
      "import type { A } from '#main/features/account/account.repo'",
      "export * from '../features/account/account.repo'",
      "export const late = () => import('../app/compose')",
      "import { b } from '../platform/clock'",
      "import { c } from 'kysely'",
    ]
    expect(await refusedLines('src-main/mail/open.ts', lines, 'rooms/order')).toEqual(lines.slice(0, 3))
  })
})

describe('a file of the program', () => {
  it.each([
    'src-main/open.ts',
    'src-main/service/open.ts',
    'src-renderer/open.ts',
    'src-main/features/open.rules.ts',
    'src-main/features/unlisted/open.rules.ts',
  ])('has a room: %s has none', async (file) => {
    expect(await complaints(file, 'export const a = 1')).toContain('rooms/home')
  })

  it.each([
    ['account.rules', true],
    ['change-password.action', true],
    ['account.routes', true],
    ['common-passwords', false],
    ['account.service', false],
  ])('of a feature says in its name what it does: %s %s', async (name, fine) => {
    const found = await complaints(`src-main/features/account/${name}.ts`, 'export const a = 1')
    expect(!found.includes('rooms/home')).toBe(fine)
  })
})

describe('the drawing of the house', () => {
  it('finds what leads up and round, what has no room, and folders that are too large', () => {
    const many = Array.from({ length: ROOM_SIZE + 1 }, (_, index) => `src-main/platform/file-${index}.ts`)
    const imports = new Map<string, string[]>([
      ['src-main/mail/one.ts', ['src-main/app/compose.ts', 'src-main/mail/two.ts']],
      ['src-main/mail/two.ts', ['src-main/mail/one.ts', 'src-main/platform/file-1.ts']],
      ['src-main/app/compose.ts', []],
      ['src-main/lost.ts', []],
      ...many.map((file): [string, string[]] => [file, []]),
    ])
    const house = measureHouse(imports)
    expect(house.up).toEqual(['src-main/mail/one.ts → src-main/app/compose.ts'])
    expect(house.circles).toEqual(['src-main/mail/one.ts ↔ src-main/mail/two.ts'])
    expect(house.homeless).toEqual(['src-main/lost.ts'])
    expect(house.large).toEqual([`src-main/platform ${ROOM_SIZE + 1}`])
    expect([...house.arrows]).toEqual([
      ['src-main/mail → src-main/app', 1],
      ['src-main/mail → src-main/platform', 1],
    ])
  })

  it('tells a circle of three from a way that is met twice', () => {
    const round = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['a']],
    ])
    const twice = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ])
    expect(circles(round)).toEqual([['a', 'b', 'c']])
    expect(circles(twice)).toEqual([])
  })

  it('reads every kind of import, in components too', () => {
    const code = "import type { A } from './a'\nexport { b } from './b'\nconst c = () => import('./c')"
    expect(specifiersOf('x.ts', code)).toEqual(['./a', './b', './c'])
    expect(specifiersOf('X.vue', `<template><p /></template>\n<script setup lang="ts">\n${code}\n</script>`)).toEqual([
      './a',
      './b',
      './c',
    ])
  })

  it('shows a house in order', () => {
    const house = measureHouse(readImports(fileURLToPath(new URL('../../..', import.meta.url))))
    expect(house).toMatchObject({ up: [], circles: [], homeless: [] })
    expect(house.rooms.get('src-main/platform')).toBeGreaterThan(5)
    expect(roomOf('src-renderer/App.vue')).toBe('src-renderer/App')
  })
})
