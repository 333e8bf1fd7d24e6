/** `npm run components`: a page of every component in all of its states, with hot reload. Vite prints its address. */
import { join } from 'node:path'
import { become } from './setup/child.mjs'
import { prepare } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

await command(async () =>
  become(await prepare(), [
    ...[join(ROOT, 'node_modules/vite/bin/vite.js'), '--config', join(ROOT, 'components.vite.config.ts')],
    ...process.argv.slice(2),
  ]),
)
