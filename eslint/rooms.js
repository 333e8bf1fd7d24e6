/** The rooms of the program and their order: the one table behind the lint rule `rooms/order` and `npm run house`. */
import { posix } from 'node:path'

const featureLines = (...lines) => lines.map((line) => line.split(' ').map((name) => `src-main/features/${name}`))

/**
 * From the top down: a room may import itself and the rooms below it in the same column, nothing else, not its
 * neighbours in the same line either. `*` makes a room of each folder; those may import each other.
 */
export const COLUMNS = {
  main: [
    ['src-main/index', 'src-main/serve', 'src-main/cli'],
    ['src-main/desktop'],
    ['src-main/app'],
    // A new feature stands above those on which it builds.
    ...featureLines(
      'counter my-page',
      'activity announcement audit diagnostics email-change issue mail-settings numbers outbox reminder staff',
      'account-deletion certificate recovery registration staff-session',
      'account-import application mail-link session',
      'account backup kiosk timeline training verification',
    ),
    ['src-main/http', 'src-main/command'],
    ['src-main/mail'],
    ['src-main/database'],
    ['src-main/platform'],
    ['src-preload/contract'],
    ['src-preload/domain'],
  ],
  bridge: [['src-preload/index'], ['src-preload/contract'], ['src-preload/domain']],
  page: [
    ['src-renderer/main', 'src-renderer/before-start'],
    ['src-renderer/App'],
    ['src-renderer/start'],
    ['src-renderer/router'],
    ['src-renderer/screens/*'],
    ['src-renderer/components'],
    ['src-renderer/composables'],
    ['src-renderer/i18n'],
    ['src-renderer/stores'],
    ['src-renderer/api'],
    ['src-preload/contract'],
    ['src-preload/domain'],
  ],
}

/** A folder with more files than this wants rooms of its own. */
export const ROOM_SIZE = 12

/** One row of history in each file, read in the order of their numbers: no reader looks for one among them. */
export const SEQUENCES = ['src-main/database/migrations']

/** What the last part of a file name may be in `src-main/features`: what the file does (the table in its README). */
export const ROLES = 'action command files guard job mail query reference repo routes rules'.split(' ')

/** Every room of the table with where it stands. */
const STANDINGS = Object.entries(COLUMNS).flatMap(([column, levels]) =>
  levels.flatMap((rooms, level) => rooms.map((pattern) => ({ pattern, column, level }))),
)

/** The room of this pattern in which a path lies, else null. */
function roomLike(pattern, path) {
  const wanted = pattern.split('/')
  const folders = path.split('/').slice(0, wanted.length)
  const fits =
    folders.length === wanted.length && wanted.every((part, index) => part === '*' || part === folders[index])
  return fits ? folders.join('/') : null
}

/** The room of a source file, by its path from the root of the repository, with or without its ending; null when it has none. */
export function roomOf(path) {
  const bare = path.replace(/\.(?:ts|vue)$/, '')
  const rooms = STANDINGS.map(({ pattern }) => roomLike(pattern, bare))
  // A file beside the folders that `*` stands for is in none of them.
  return (
    rooms.find((room, index) => room !== null && (room !== bare || !STANDINGS[index].pattern.endsWith('*'))) ?? null
  )
}

/** Sorts rooms as they stand in the table, those of one line by name. */
export function compareRooms(one, other) {
  const index = (room) => STANDINGS.findIndex(({ pattern }) => roomLike(pattern, room) !== null)
  return index(one) - index(other) || (one < other ? -1 : 1)
}

/** Whether a file of the one room may import a file of the other. */
export function mayImport(from, to) {
  if (from === to) return true
  const standingsOf = (room) => STANDINGS.filter(({ pattern }) => roomLike(pattern, room) !== null)
  return standingsOf(from).some((above) =>
    standingsOf(to).some(
      (below) =>
        above.column === below.column &&
        (above.level < below.level || (above.pattern === below.pattern && above.pattern.endsWith('*'))),
    ),
  )
}

/** As in `imports` of package.json. */
const ALIASES = {
  '#main/': 'src-main/',
  '#contract/': 'src-preload/contract/',
  '#domain/': 'src-preload/domain/',
}

/** The path from the root that an import names, without ending where the import has none; null for a package. */
export function importedPath(file, specifier) {
  const path = specifier.replace(/\?.*$/, '')
  if (path.startsWith('.')) return posix.join(posix.dirname(file), path)
  const alias = Object.keys(ALIASES).find((prefix) => path.startsWith(prefix))
  return alias ? ALIASES[alias] + path.slice(alias.length) : null
}
