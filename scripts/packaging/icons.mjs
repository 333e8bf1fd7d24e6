/** Draws the icons of the packed program from the one drawing that there is, `resources/icons/zairyu.svg`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../setup/step.mjs'

const DRAWING = join(ROOT, 'resources/icons/zairyu.svg')

/** Linux has a file for each size, Windows one file with those up to 256, macOS one with a name for each. */
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024]
const LARGEST_OF_WINDOWS = 256
const NAMES_OF_MACOS = { 16: 'ic04', 32: 'ic05', 64: 'ic12', 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }

/** Writes `SIZExSIZE.png`, `icon.ico` and `icon.icns` into `folder`, which is made if it is not there. */
export async function drawIcons(folder) {
  const { Resvg } = await import('@resvg/resvg-js')
  const { IconIcns, IconIco } = await import('@shockpkg/icon-encoder')
  mkdirSync(folder, { recursive: true })
  const svg = readFileSync(DRAWING, 'utf8')
  const [ico, icns] = [new IconIco(), new IconIcns()]
  for (const size of SIZES) {
    const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
    writeFileSync(join(folder, `${size}x${size}.png`), png)
    if (size <= LARGEST_OF_WINDOWS) await ico.addFromPng(png, size === LARGEST_OF_WINDOWS)
    if (NAMES_OF_MACOS[size]) await icns.addFromPng(png, [NAMES_OF_MACOS[size]])
  }
  writeFileSync(join(folder, 'icon.ico'), ico.encode())
  writeFileSync(join(folder, 'icon.icns'), icns.encode())
}
