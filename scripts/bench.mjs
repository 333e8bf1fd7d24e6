/** `npm run bench`: how long things take, each as a ratio to a floor measured in the same run. Fails on nothing. */
import { join } from 'node:path'
import { become } from './setup/child.mjs'
import { prepare } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

await command(async () => {
  const node = await prepare()
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  return become(node, [
    vitest,
    'run',
    '--root',
    ROOT,
    '--project=bench',
    '--reporter=basic',
    '--disable-console-intercept',
  ])
})
