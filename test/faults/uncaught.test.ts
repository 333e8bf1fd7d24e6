import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { crashFolder, readReports } from '#main/platform/log/crash-reports'
import { readLog } from '#main/platform/log/log'
import { spawnCli } from '../support/cli'
import { cleanEnvironment } from '../support/program'

const SERVE = join(import.meta.dirname, '../../out/main/serve.js')
const THROW_LATER = join(import.meta.dirname, 'throw-later.mjs')

/** Starts the browser shell, has it fail, and answers how it ended. */
async function failing(dataDir: string, how: 'exception' | 'rejection') {
  const child = spawn(
    process.execPath,
    ['--import', THROW_LATER, SERVE, '--browser', '--no-open', '--port', '0', '--data', dataDir],
    { env: cleanEnvironment({ THROW_LATER: how }), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('ready ') && !child.killed) child.kill('SIGUSR2')
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, text }
}

describe.skipIf(process.platform === 'win32')('an error that nobody caught', () => {
  it.each(['exception', 'rejection'] as const)(
    'ends the program in order, with a number to ask for: %s',
    async (how) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-uncaught-'))
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
      const { code, text } = await failing(dataDir, how)
      expect(code).toBe(1)
      const incident = /\(([2-9A-Z]{4}-[2-9A-Z]{4})\); see .*zairyu\.log/.exec(text)?.[1]
      expect(readReports(dataDir)).toMatchObject([
        { incident, name: 'TypeError', place: 'main', stack: [expect.stringContaining('throw-later.mjs')] },
      ])
      const lines = readLog(dataDir, 10).map((line) => JSON.parse(line) as { msg: string; incident?: string })
      expect(lines.map(({ msg }) => msg)).toEqual(['started', 'nobody caught an error', 'stopped'])
      expect(lines[1]?.incident).toBe(incident)
      const kept = readdirSync(crashFolder(dataDir)).map((name) =>
        readFileSync(join(crashFolder(dataDir), name), 'utf8'),
      )
      expect([text, JSON.stringify(lines), ...kept].join()).not.toMatch(/NGUYEN|example\.jp/)
      expect((await spawnCli(['doctor', '--data', dataDir])).out).toMatch(/^ok +database: whole$/m)
    },
  )
})
