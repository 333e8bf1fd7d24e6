#!/usr/bin/env node
/** `npm run -s cli -- COMMAND`: the command line, set up silently. stdout belongs to the command alone. */
import { join } from 'node:path'
import { become } from './setup/child.mjs'
import { prepare } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

await command(async () => become(await prepare(), [join(ROOT, 'out/main/cli.js'), ...process.argv.slice(2)]))
