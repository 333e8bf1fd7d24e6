/**
 * Waits beside a test for its end: a test that is killed cannot end its browsers any more. Reads the ids of process groups from its input, a line each; when
 * the input closes they are ended, and the folder of the browser's data is removed.
 */
import { rmSync } from 'node:fs'

const [home] = process.argv.slice(2)
let text = ''
process.stdin.on('data', (chunk) => (text += chunk))
process.stdin.on('end', () => {
  for (const line of text.trim().split('\n'))
    try {
      process.kill(Number(line), 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
})
