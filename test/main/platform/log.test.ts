import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { knownLine } from '#main/platform/log/log-fields.rules'
import { logFile, openLog, readLog } from '#main/platform/log/log'
import { rotatingFile } from '#main/platform/log/rotating-file'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-log-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').filter(Boolean)

describe('a file that rotates', () => {
  it('is full at its limit, not before, and keeps only so many', () => {
    const dir = folder()
    const file = join(dir, 'a.log')
    const { write } = rotatingFile(file, { bytes: 10, kept: 2 })
    for (const line of ['1234\n', '5678\n']) write(line)
    expect(readdirSync(dir)).toEqual(['a.log'])
    write('9\n')
    expect(readdirSync(dir).sort()).toEqual(['a.1.log', 'a.log'])
    for (const line of ['aaaa\n', 'bbbb\n', 'cccc\n', 'dddd\n', 'eeee\n']) write(line)
    expect(readdirSync(dir).sort()).toEqual(['a.1.log', 'a.2.log', 'a.log'])
    expect(['a.2.log', 'a.1.log', 'a.log'].flatMap((name) => linesOf(join(dir, name)))).toEqual([
      '9',
      'aaaa',
      'bbbb',
      'cccc',
      'dddd',
      'eeee',
    ])
  })

  it('takes a line that is longer than a file', () => {
    const dir = folder()
    const { write } = rotatingFile(join(dir, 'a.log'), { bytes: 4, kept: 1 })
    write('too long\n')
    write('b\n')
    expect(linesOf(join(dir, 'a.1.log'))).toEqual(['too long'])
    expect(linesOf(join(dir, 'a.log'))).toEqual(['b'])
  })

  it('is written to by two programs at once, and each line is whole', () => {
    const dir = folder()
    const [one, other] = [0, 1].map(() => rotatingFile(join(dir, 'a.log'), { bytes: 40, kept: 9 }))
    for (let turn = 10; turn < 20; turn += 1) {
      one?.write(`program ${turn}\n`)
      other?.write(`command ${turn}\n`)
    }
    const lines = readdirSync(dir).flatMap((name) => linesOf(join(dir, name)))
    expect(lines).toHaveLength(20)
    expect(lines.every((line) => /^(program|command) 1\d$/.test(line))).toBe(true)
  })

  it('can be read by its owner only', (context) => {
    if (process.platform === 'win32') context.skip('Windows has other rights')
    const dir = folder()
    rotatingFile(join(dir, 'log/a.log'), { bytes: 4, kept: 1 }).write('a\n')
    expect(statSync(join(dir, 'log/a.log')).mode & 0o077).toBe(0)
  })

  it('that cannot be written fails nobody', () => {
    const dir = folder()
    writeFileSync(join(dir, 'log'), 'a file where the folder should be')
    expect(() => rotatingFile(join(dir, 'log/a.log'), { bytes: 4, kept: 1 }).write('a\n')).not.toThrow()
  })
})

describe('the log', () => {
  it('writes from the chosen level on', () => {
    const dir = folder()
    const log = openLog(dir, 'warn')
    log.info('not this')
    log.warn('this')
    expect(linesOf(logFile(dir)).map((line) => knownLine(line)?.['msg'])).toEqual(['this'])
  })

  it('writes nothing when it is silent', () => {
    const dir = folder()
    openLog(dir, 'silent').fatal('nothing')
    expect(readdirSync(dir)).toEqual([])
  })

  it('leaves out what it does not know, and of errors what they say', () => {
    const dir = folder()
    const error = Object.assign(new TypeError('NGUYEN VAN AN\n    at an (secret.example.jp:1:1)'), {
      code: 'ERR_NAME',
      email: 'an@example.jp',
    })
    openLog(dir, 'info').error(
      { err: error, incident: '7F3K-22QD', email: 'an@example.jp', reason: '550 <an@example.jp> unknown', status: 500 },
      'request failed',
    )
    const [line = ''] = linesOf(logFile(dir))
    expect(line).not.toMatch(/NGUYEN|example\.jp/)
    expect(JSON.parse(line)).toEqual({
      level: 50,
      time: expect.any(String),
      msg: 'request failed',
      incident: '7F3K-22QD',
      status: 500,
      err: { name: 'TypeError', code: 'ERR_NAME', stack: expect.any(Array) },
    })
    const [thrownAt] = (JSON.parse(line) as { err: { stack: string[] } }).err.stack
    expect(thrownAt).toMatch(/^(\S+ )?log\.test\.ts:\d+:\d+$/)
  })

  it('is read over its files, the newest lines last', () => {
    const dir = folder()
    mkdirSync(join(dir, 'log'))
    writeFileSync(join(dir, 'log/zairyu.1.log'), 'a\nb\n')
    writeFileSync(logFile(dir), 'c\n')
    expect(readLog(dir, 2)).toEqual(['b', 'c'])
    expect(readLog(dir, 9)).toEqual(['a', 'b', 'c'])
    expect(readLog(folder(), 9)).toEqual([])
  })
})

describe('a line that leaves the machine', () => {
  it.each([
    ['no JSON', null],
    ['[1]', { time: null, level: null, msg: null }],
    [
      '{"level":40,"time":"2026-11-22T00:00:00.000Z","msg":"a mail was not taken","reason":"<an@example.jp> unknown"}',
      { time: '2026-11-22T00:00:00.000Z', level: 'warn', msg: 'a mail was not taken' },
    ],
    ['{"level":40,"msg":"K7RM2XQ9PA is locked","userId":"K7RM2XQ9PA"}', { time: null, level: 'warn', msg: null }],
    [
      '{"level":50,"msg":"request failed","err":{"name":"Error","stack":["    at f (/home/an/app.js:1:1)"]}}',
      { time: null, level: 'error', msg: 'request failed' },
    ],
    [
      '{"level":20,"msg":"answered","route":"/api/v1/registrations/:token","status":200}',
      { time: null, level: 'debug', msg: 'answered', route: '/api/v1/registrations/:token', status: 200 },
    ],
    [
      `{"level":20,"msg":"answered","route":"/api/v1/registrations/${'Ab3_'.repeat(11)}"}`,
      { time: null, level: 'debug', msg: 'answered' },
    ],
  ])('%s', (line, known) => {
    expect(knownLine(line)).toEqual(known)
  })
})
