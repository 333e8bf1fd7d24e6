/** `npm run build`: what a start would do, without the start. */
import { prepare } from './setup/prepare.mjs'
import { command } from './setup/step.mjs'

await command(async () => {
  await prepare()
  return 0
})
