/**
 * `npm run gallery`: a page of pictures of every screen and every component in every language, scheme and width, in `gallery/index.html`.
 * A choice makes it short: `npm run gallery -- --languages ja,tl --schemes black --widths 320 --screens top,components --furigana`.
 * `npm run gallery -- --readme` takes the pictures of the README anew, into `resources/pictures`.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { become } from './setup/child.mjs'
import { ensureChromium } from './setup/ensure-browsers.mjs'
import { prepare } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

const FOLDER = join(ROOT, 'gallery')
const text = { type: 'string' }
const CHOICES = { languages: text, schemes: text, widths: text, screens: text, furigana: { type: 'boolean' } }
const OPTIONS = { ...CHOICES, readme: { type: 'boolean' } }

/** One section a screen, its pictures side by side, each under the name of how it was looked at. */
function pageOf(files) {
  const screens = Map.groupBy(files, (file) => file.split('_')[0])
  const section = ([screen, pictures]) =>
    `<section><h2 id="${screen}">${screen}</h2><div>${pictures
      .map((file) => {
        const look = file
          .replace(/\.jpeg$/, '')
          .split('_')
          .slice(1)
          .join(' · ')
        return `<figure><a href="${file}"><img src="${file}" loading="lazy" alt="${screen}: ${look}"></a><figcaption>${look}</figcaption></figure>`
      })
      .join('')}</div></section>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body{font:16px sans-serif;margin:1rem 2rem}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:start}figure{margin:0}img{height:24rem;max-width:40rem;object-fit:contain;object-position:top left;border:1px solid #999}nav a{margin-inline-end:1rem}</style>
<h1>${files.length} pictures</h1><nav>${[...screens.keys()].map((screen) => `<a href="#${screen}">${screen}</a>`).join('')}</nav>
${[...screens].map(section).join('\n')}</html>\n`
}

/** Runs a spec of `test/gallery`. */
function runSpec(node, name, env) {
  const runner = join(ROOT, 'node_modules/@playwright/test/cli.js')
  const config = join(ROOT, 'playwright.config.ts')
  return become(node, [runner, 'test', '--config', config, '--project=gallery', name], { env })
}

async function takeGallery(node, choices, env) {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER)
  const chosen = Object.entries(choices).map(([name, choice]) => [
    `ZAIRYU_GALLERY_${name.toUpperCase()}`,
    choice === true ? '1' : choice,
  ])
  const code = await runSpec(node, 'pictures.spec.ts', {
    ...env,
    ...Object.fromEntries(chosen),
    ZAIRYU_GALLERY_FOLDER: FOLDER,
  })
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.jpeg'))
  writeFileSync(join(FOLDER, 'index.html'), pageOf(files.toSorted()))
  console.log(`${files.length} pictures in gallery/index.html`)
  return code
}

await command(async () => {
  const { readme, ...choices } = parseArgs({ options: OPTIONS }).values
  const node = await prepare()
  const env = { ...process.env, ZAIRYU_CHROMIUM: (await ensureChromium(node)) ?? '' }
  return readme ? runSpec(node, 'readme.spec.ts', env) : takeGallery(node, choices, env)
})
