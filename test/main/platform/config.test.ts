import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '#main/platform/config'

const folder = (settings?: unknown) => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-config-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  if (settings !== undefined)
    writeFileSync(join(dir, 'settings.json'), typeof settings === 'string' ? settings : JSON.stringify(settings))
  return dir
}

describe('settings (DESIGN §1)', () => {
  it('have sensible defaults', () => {
    const dir = folder()
    expect(readConfig(['--data', dir], {})).toMatchObject({
      dataDir: dir,
      training: false,
      port: 4180,
      smtpUrl: null,
      mailFrom: 'noreply@example.jp',
      publicUrl: null,
      open: true,
      browser: false,
    })
  })

  it('take the flag before the variable, the variable before the file', () => {
    const dir = folder({ port: 5003, mailFrom: 'file@example.jp' })
    expect(readConfig(['--data', dir, '--port', '5001'], { ZAIRYU_PORT: '5002' }).port).toBe(5001)
    expect(readConfig(['--data', dir], { ZAIRYU_PORT: '5002' }).port).toBe(5002)
    expect(readConfig(['--data', dir], {}).port).toBe(5003)
    expect(readConfig([], { ZAIRYU_DATA_DIR: dir }).mailFrom).toBe('file@example.jp')
  })

  it('name a place of updates only when somebody chose one', () => {
    expect(readConfig(['--data', folder()], {}).updateUrl).toBeNull()
    expect(readConfig(['--data', folder({ updateUrl: 'https://updates.example.jp/zairyu/' })], {}).updateUrl).toBe(
      'https://updates.example.jp/zairyu',
    )
  })

  it('give training a folder of its own', () => {
    expect(readConfig(['--training'], {}).dataDir).not.toBe(readConfig([], {}).dataDir)
  })

  it.each([
    { argv: ['--port', '65536'], env: {}, message: /^--port is "65536"; allowed: a whole number from 0 to 65535/ },
    { argv: ['--port', '-1'], env: {}, message: /--port/ },
    { argv: [], env: { ZAIRYU_PORT: 'x' }, message: /^ZAIRYU_PORT is "x"; allowed:/ },
    { argv: [], env: { ZAIRYU_SMTP_URL: 'http://x' }, message: /^ZAIRYU_SMTP_URL is "http:\/\/x"; allowed: smtp:/ },
    {
      argv: [],
      env: { ZAIRYU_MAIL_FROM: 'nobody' },
      message: /^ZAIRYU_MAIL_FROM is "nobody"; allowed: an e-mail address/,
    },
    { argv: [], env: { ZAIRYU_PUBLIC_URL: 'ftp://x' }, message: /^ZAIRYU_PUBLIC_URL/ },
    { argv: [], env: { ZAIRYU_LOG_LEVEL: 'loud' }, message: /^ZAIRYU_LOG_LEVEL is "loud"; allowed: fatal/ },
    { argv: [], env: { ZAIRYU_DATABASE_URL: 'postgres://x' }, message: /^ZAIRYU_DATABASE_URL/ },
    {
      argv: ['--kiosk'],
      env: { ZAIRYU_KIOSK_PRINT: 'yes' },
      message: /^ZAIRYU_KIOSK_PRINT is "yes"; allowed: on or off/,
    },
    { argv: ['--service', 'http://x'], env: {}, message: /^--service is "http:\/\/x"; allowed: https:/ },
    {
      argv: [],
      env: { ZAIRYU_UPDATE_URL: 'http://x' },
      message: /^ZAIRYU_UPDATE_URL is "http:\/\/x"; allowed: https:/,
    },
    { argv: [], env: { ZAIRYU_UPDATE_URL: 'https://me:geheim@x/' }, message: /^ZAIRYU_UPDATE_URL is "https:\/\/me:\*/ },
    { argv: ['--colour'], env: {}, message: /--colour.*allowed: --browser/ },
    { argv: ['stray'], env: {}, message: /stray/ },
  ])('stop with one line about $argv $env', ({ argv, env, message }) => {
    let said = ''
    try {
      readConfig(['--data', folder(), ...argv], env)
    } catch (error) {
      said = (error as Error).message
    }
    expect(said).toMatch(message)
    expect(said).not.toContain('\n')
  })

  it('make a kiosk by a flag alone, with what the file and the variables say of it', () => {
    const dir = folder({ kioskCode: '$argon2id$v=19$x', kioskPrint: 'on', kioskKeyboard: 'off' })
    expect(readConfig(['--data', dir], {}).kiosk).toBeNull()
    expect(readConfig(['--data', dir, '--kiosk'], {}).kiosk).toEqual({
      code: '$argon2id$v=19$x',
      print: true,
      keyboard: false,
    })
    expect(readConfig(['--data', dir, '--kiosk'], { ZAIRYU_KIOSK_PRINT: 'off' }).kiosk?.print).toBe(false)
    expect(readConfig(['--data', folder(), '--kiosk'], {}).kiosk).toEqual({ code: null, print: false, keyboard: true })
  })

  it('never print a password', () => {
    expect(() => readConfig(['--data', folder()], { ZAIRYU_SMTP_URL: 'http://me:geheim@mail.example' })).toThrow(
      /me:\*\*\*@mail/,
    )
  })

  it('name the file that cannot be read', () => {
    const dir = folder('{"port":')
    expect(() => readConfig(['--data', dir], {})).toThrow(/settings\.json is not a JSON object/)
  })
})
