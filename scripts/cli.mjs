#!/usr/bin/env node
/** `npm run -s cli -- COMMAND`: the command line, set up silently. stdout belongs to the command alone. */
import { join } from 'node:path'
import { become } from './child.mjs'
import { command, prepare, ROOT } from './setup.mjs'

await command(async () => become(await prepare(), [join(ROOT, 'out/main/cli.js'), ...process.argv.slice(2)]))
