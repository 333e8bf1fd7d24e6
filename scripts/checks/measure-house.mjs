/** What `npm run house` shows: the rooms of the program, who imports whom, and what breaks the order. */
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'vite'
import { importedPath, mayImport, ROOM_SIZE, roomOf, SEQUENCES } from '../../eslint/rooms.js'

/** The code of a file; of a component its scripts. */
function codeOf(file, text) {
  if (!file.endsWith('.vue')) return text
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
}

/** What a file imports and re-exports, types as well, as it is written there. */
export function specifiersOf(file, text) {
  const code = codeOf(file, text)
  const { module } = parseSync(file, code, { lang: 'ts' })
  const exported = module.staticExports.flatMap(({ entries }) => entries.map(({ moduleRequest }) => moduleRequest))
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...exported.filter((request) => request !== null).map(({ value }) => value),
    ...module.dynamicImports.map(({ moduleRequest: { start, end } }) => code.slice(start + 1, end - 1)),
  ]
}

/**
 * The sources of the program by path, and for each the sources that it imports.
 * @returns {Map<string, string[]>}
 */
export function readImports(root) {
  const files = globSync('src-{main,preload,renderer}/**/*.{ts,vue}', { cwd: root, exclude: ['**/*.d.ts'] })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
  const known = new Set(files)
  const resolve = (path) => [path, `${path}.ts`, `${path}.vue`].find((candidate) => known.has(candidate))
  const importsOf = (file) => {
    const paths = specifiersOf(file, readFileSync(join(root, file), 'utf8'))
      .map((specifier) => importedPath(file, specifier))
      .filter((path) => path !== null)
    return [...new Set(paths.map(resolve).filter((path) => path !== undefined))]
  }
  return new Map(files.map((file) => [file, importsOf(file)]))
}

/**
 * Groups of files that import each other in a circle (Tarjan's strongly connected components of more than one file).
 * @param {Map<string, string[]>} imports
 */
export function circles(imports) {
  const found = []
  const order = new Map()
  const lowest = new Map()
  const path = []
  const visit = (file) => {
    order.set(file, order.size)
    lowest.set(file, order.get(file))
    path.push(file)
    for (const next of imports.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (path.includes(next)) lowest.set(file, Math.min(lowest.get(file), lowest.get(next)))
    }
    if (lowest.get(file) !== order.get(file)) return
    const group = path.splice(path.indexOf(file))
    if (group.length > 1) found.push(group.sort())
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file)
  return found
}

/** How often each key comes up, in the order of first sight. */
function countBy(items, keyOf) {
  const counts = new Map()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return counts
}

/**
 * Rooms with the number of their files, arrows between rooms with the number of imports, and what breaks the order: imports that lead
 * up, circles of files, files without a room, folders with too many files.
 * @param {Map<string, string[]>} imports
 */
export function measureHouse(imports) {
  const files = [...imports.keys()]
  const pairs = files.flatMap((from) => imports.get(from).map((to) => ({ from, to })))
  const between = pairs.filter(({ from, to }) => roomOf(from) && roomOf(to) && roomOf(from) !== roomOf(to))
  const folders = countBy(files, (file) => posix.dirname(file))
  return {
    rooms: countBy(
      files.filter((file) => roomOf(file) !== null),
      roomOf,
    ),
    arrows: countBy(between, ({ from, to }) => `${roomOf(from)} → ${roomOf(to)}`),
    up: between.filter(({ from, to }) => !mayImport(roomOf(from), roomOf(to))).map(({ from, to }) => `${from} → ${to}`),
    circles: circles(imports).map((group) => group.join(' ↔ ')),
    homeless: files.filter((file) => roomOf(file) === null),
    large: [...folders]
      .filter(([folder, count]) => count > ROOM_SIZE && !SEQUENCES.includes(folder))
      .map(([folder, count]) => `${folder} ${count}`),
  }
}
