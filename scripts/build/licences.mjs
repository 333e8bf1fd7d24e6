/**
 * The licences of the packages that people get with the program: what page and main process are made of, the packages that lie
 * beside the bundles, and Electron itself. Vite writes them into `licences.json` beside the page, which the screen `/about` shows.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXTERNAL_PACKAGES, readLock, withDependencies } from './external-packages.mjs'

const FILE = 'licences.json'
const LICENCE_FILE = /^(licen[cs]e|copying)([.-].*)?$/i

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** The package to which a file belongs, by its path in the lock file (`node_modules/NAME`); null for a file of our own. */
export function packageOf(file) {
  const folders = file
    .replaceAll('\\', '/')
    .match(/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/g)
    ?.filter((folder) => !folder.startsWith('node_modules/.'))
  return folders?.join('/') ?? null
}

/**
 * Name, version, licence and its text for each package that is installed, sorted by name; texts that several have stand
 * there once.
 */
export function licencesOf(paths, root) {
  const texts = []
  const packages = new Map()
  for (const path of paths) {
    const folder = join(root, path)
    if (!existsSync(join(folder, 'package.json'))) continue
    const { name, version, license } = readJson(join(folder, 'package.json'))
    const file = readdirSync(folder)
      .sort()
      .find((each) => LICENCE_FILE.test(each))
    const text = file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : null
    if (text !== null && !texts.includes(text)) texts.push(text)
    packages.set(`${name}@${version}`, { name, version, licence: license ?? '', text: text && texts.indexOf(text) })
  }
  const sorted = [...packages.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  return { packages: sorted, texts }
}

/**
 * Two plugins of one build: `collect` notes what another process is made of, `write` what the page is made of, and writes the
 * file. The page is built last. While developing, it is not known what is bundled.
 */
export function licencesFile(root) {
  const always = [...withDependencies(readLock(root), EXTERNAL_PACKAGES), 'node_modules/electron']
  const bundled = new Set()
  const note = (files) => {
    for (const file of files) {
      const path = packageOf(file)
      if (path) bundled.add(path)
    }
  }
  const write = () => JSON.stringify(licencesOf(new Set([...always, ...bundled]), root))
  return {
    collect: {
      name: 'licences-collect',
      generateBundle() {
        note(this.getModuleIds())
      },
    },
    write: {
      name: 'licences-write',
      configureServer(server) {
        server.middlewares.use(`/${FILE}`, (_request, response) => response.end(write()))
      },
      transform: {
        order: 'pre',
        filter: { id: /\.css$/ },
        handler(code) {
          // Styles that are imported by styles are no modules of the bundle.
          const imported = code.matchAll(/@import\s+['"]((?:@[\w-]+\/)?\w[\w.-]*\/)/g)
          note([...imported].map(([, name]) => `node_modules/${name}`))
        },
      },
      generateBundle(_options, bundle) {
        note([...this.getModuleIds()])
        note(Object.values(bundle).flatMap(({ originalFileNames = [] }) => originalFileNames))
        this.emitFile({ type: 'asset', fileName: FILE, source: write() })
      },
    },
  }
}
