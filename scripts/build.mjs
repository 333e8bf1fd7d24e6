/** `npm run build`: what a start would do, without the start. */
import { command, prepare } from './setup.mjs'

await command(async () => {
  await prepare()
  return 0
})
