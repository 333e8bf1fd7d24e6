import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished } from 'vitest'
import { crashReport, errorTraits, type CrashReport, traitsOf } from '#contract/http/crash-report'
import { crashFolder, storeCrashReport, noteCrash, readReports } from '#main/platform/log/crash-reports'
import { logFile } from '#main/platform/log/log'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-crashes-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const START = Temporal.Instant.from('2026-11-22T00:00:00Z')
const at = (hours: number) => ({ now: () => START.add({ hours }) })
const report = (changes: Partial<CrashReport> = {}): CrashReport => ({
  incident: '7F3K-22QD',
  name: 'TypeError',
  code: null,
  place: 'screen',
  screen: 'certificate.receipts',
  stack: ['setup screen-abc.js:1:2'],
  ...changes,
})

describe('the traits of an error', () => {
  it.each([
    ['    at setup (http://127.0.0.1:4180/assets/screen-abc.js:1:234)', ['setup screen-abc.js:1:234']],
    ['    at async Promise.all (index 0)', []],
    ['    at async serve (file:///home/an/zairyu/out/main/serve.js:10:5)', ['async serve serve.js:10:5']],
    ['    at C:\\Users\\An Nguyen\\zairyu\\out\\main\\index.js:3:1', ['index.js:3:1']],
    ['    at Object.apply [as handler] (node:internal/timers:1:1)', ['Object.apply internal/timers:1:1']],
    ['setup@http://127.0.0.1:4180/assets/screen-abc.js?v=1:1:234', ['setup screen-abc.js:1:234']],
    ['an@example.jp:1:1', []],
  ])('of %s', (line, stack) => {
    const error = Object.assign(new Error('x'), { stack: `Error: x\n${line}` })
    expect(traitsOf(error).stack.map((frame) => frame.replace(' timers:', ' internal/timers:'))).toEqual(stack)
  })

  it('hold nothing of the message, whatever it looks like, and always fit what is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), fc.string(), (message, name, code) => {
        const error = new Error(`${message} NGUYEN VAN AN\n    at NGUYEN (an.js:1:1)`)
        const traits = traitsOf(Object.assign(error, { name, code }))
        expect(errorTraits.safeParse(traits).success).toBe(true)
        expect(JSON.stringify(traits)).not.toContain('NGUYEN')
      }),
    )
  })

  it('say that something did not fit a schema', () => {
    expect(traitsOf(errorTraits.safeParse({}).error).name).toBe('ZodError')
  })

  it.each([null, undefined, 'NGUYEN VAN AN', 42, { stack: 7 }])('are there for what is no error: %s', (thrown) => {
    expect(traitsOf(thrown)).toEqual({ name: 'Error', code: null, stack: [] })
  })

  it.each([
    { name: 'NGUYEN' },
    { code: 'an@example.jp' },
    { screen: '/register/token' },
    { incident: '7f3k-22qd' },
    { stack: ['at NGUYEN VAN AN'] },
    { stack: ['/home/an/screen.js:1:2'] },
    { stack: Array.from({ length: 31 }, () => 'a.js:1:1') },
    { message: 'NGUYEN VAN AN' },
  ])('are refused with anything else: %s', (changes) => {
    expect(crashReport.safeParse({ ...report(), ...changes }).success).toBe(false)
  })
})

describe('crash reports', () => {
  it('are kept, ten at most, the newest', () => {
    const dir = folder()
    for (let hour = 0; hour < 12; hour += 1) storeCrashReport(dir, report(), at(hour))
    const kept = readReports(dir)
    expect(kept.map((one) => one.at)).toEqual(
      Array.from({ length: 10 }, (_, place) =>
        START.add({ hours: place + 2 }).toString({ smallestUnit: 'millisecond' }),
      ),
    )
    expect(readdirSync(crashFolder(dir))).toHaveLength(10)
  })

  it('of another form are passed over', () => {
    const dir = folder()
    storeCrashReport(dir, report(), at(0))
    writeFileSync(join(crashFolder(dir), '2026-a.json'), '{"name":"NGUYEN"}')
    writeFileSync(join(crashFolder(dir), '2026-b.json'), 'no JSON')
    expect(readReports(dir)).toEqual([{ ...report(), at: '2026-11-22T00:00:00.000Z' }])
  })

  it('fail nobody where they cannot be kept', () => {
    const dir = folder()
    writeFileSync(crashFolder(dir), 'a file where the folder should be')
    expect(() => storeCrashReport(dir, report(), at(0))).not.toThrow()
    expect(readReports(dir)).toEqual([])
  })

  it('of the main process have the number that the log and the terminal have', () => {
    const dir = folder()
    const { incident, line } = noteCrash({ dataDir: dir, logLevel: 'info' }, new RangeError('an@example.jp'))
    expect(readReports(dir)).toMatchObject([{ incident, name: 'RangeError', place: 'main', screen: null }])
    const logged = readFileSync(logFile(dir), 'utf8')
    expect(JSON.parse(logged)).toMatchObject({ incident, level: 60, err: { name: 'RangeError' } })
    expect(line).toContain(incident)
    expect(line + logged).not.toContain('an@example.jp')
  })
})
