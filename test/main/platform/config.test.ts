import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readConfig } from '#main/platform/config/config'
import { readSmtpUrl } from '#main/platform/config/smtp-url.rules'

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
    { argv: [], env: { ZAIRYU_UPDATE_URL: 'https://me:geheim@x/' }, message: /^ZAIRYU_UPDATE_URL is "https:\/\/…";/ },
    { argv: [], env: { ZAIRYU_PUBLIC_URL: 'https://me:geheim@x/' }, message: /^ZAIRYU_PUBLIC_URL is "https:\/\/…";/ },
    { argv: [], env: { ZAIRYU_SMTP_TLS: 'ssl' }, message: /^ZAIRYU_SMTP_TLS is "ssl"; allowed: plain, starttls, tls/ },
    {
      argv: [],
      env: { ZAIRYU_SMTP_URL: 'smtps://mail', ZAIRYU_SMTP_TLS: 'starttls' },
      message: /^ZAIRYU_SMTP_TLS is "starttls", but ZAIRYU_SMTP_URL begins with smtps:\/\/; allowed: tls with smtps/,
    },
    {
      argv: [],
      env: { ZAIRYU_KEY_FILE: 'keys/signing.key' },
      message: /^ZAIRYU_KEY_FILE is "keys\/signing\.key"; allowed: the whole path/,
    },
    { argv: ['--colour'], env: {}, message: /--colour.*allowed: --browser/ },
    { argv: ['stray'], env: {}, message: /^Argument \d+ is/ },
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

  describe.each([
    ['ZAIRYU_SMTP_URL', 'smtps://mailer:Geh/eim#9@mail.example.jp:465', ['Geh', 'eim']],
    ['ZAIRYU_SMTP_URL', 'smtp://mailer:Geheim', ['Geheim']],
    ['ZAIRYU_SMTP_URL', 'mailer:Geheim@mail.example.jp', ['Geheim']],
    ['ZAIRYU_SMTP_URL', 'Geheim', ['Geheim']],
    ['ZAIRYU_SMTP_URL', 'smtp://me:geheim@mail.example?ignoreTLS=true', ['geheim']],
    ['ZAIRYU_PUBLIC_URL', 'https://me:Geh/eim@host/', ['Geh', 'eim']],
    ['ZAIRYU_PUBLIC_URL', 'https://me:geheim@host/', ['geheim']],
    ['ZAIRYU_SERVICE_URL', 'https://me:geheim@host/', ['geheim']],
    ['ZAIRYU_SERVICE_URL', 'http://me:Geh#eim@host/', ['Geh', 'eim']],
    ['ZAIRYU_UPDATE_URL', 'https://me:Geh?eim@host/', ['Geh', 'eim']],
    ['ZAIRYU_DATABASE_URL', 'postgres://me:geheim@host/', ['geheim']],
    ['ZAIRYU_MAIL_FROM', 'smtp://me:geheim@host', ['geheim']],
  ])('that hold a password: %s', (variable, value, parts) => {
    const said = (read: () => unknown) => {
      try {
        read()
      } catch (error) {
        return (error as Error).message
      }
      return ''
    }
    it.each([
      ['in a variable', () => readConfig(['--data', folder()], { [variable]: value })],
      ['among the arguments', () => readConfig(['--data', folder(), value], {})],
      ['as a flag', () => readConfig(['--data', folder(), '--service', value], {})],
    ])('are refused without any part of it (%s)', (_, read) => {
      const line = said(read)
      expect(line).not.toBe('')
      expect(line).not.toContain('\n')
      for (const part of parts) expect(line).not.toContain(part)
    })
  })

  it('of the settings file are told without secrets, too', () => {
    for (const settings of [
      { kioskCode: '1234-geheim' },
      { smtpUrl: 'smtp://a:b/geheim@c' },
      { smtpUrl: 'smtp://a', smtpSealed: '(geheim)' },
    ])
      expect(() => readConfig(['--data', folder(settings), '--kiosk'], {})).toThrow(/^(?:(?!geheim)[^\n])*$/)
  })

  it('say how signs are written that a URL does not take', () => {
    const url = 'smtps://mailer:Ab/cd#9@mail.example.jp:465'
    expect(() => readConfig(['--data', folder()], { ZAIRYU_SMTP_URL: url })).toThrow(
      /^ZAIRYU_SMTP_URL is "smtps:\/\/…"; allowed: .*signs like \/ \? # @ : % in USER and PASSWORD are written as %2F %3F %23 %40 %3A %25$/,
    )
  })

  it('take a percent sign that begins no escape as it is', () => {
    const { smtpUrl } = readConfig(['--data', folder()], { ZAIRYU_SMTP_URL: 'smtp://mailer:100%safe@127.0.0.1:2599' })
    expect(readSmtpUrl(smtpUrl ?? '')).toMatchObject({ user: 'mailer', password: '100%safe' })
  })

  it('let commands go on without mail, and keep the line for those that need it', () => {
    const env = { ZAIRYU_SMTP_URL: 'smtps://mailer:Ab/cd#9@mail.example.jp:465' }
    expect(readConfig(['--data', folder()], env, 'note')).toMatchObject({
      smtpUrl: null,
      mailProblem: expect.stringMatching(/^ZAIRYU_SMTP_URL is/),
    })
    expect(() => readConfig(['--data', folder()], { ...env, ZAIRYU_PORT: 'x' }, 'note')).toThrow(/ZAIRYU_PORT/)
  })

  it('choose the way to the mail server by variable before file, and never by the file of another server', () => {
    const dir = folder({ smtpUrl: 'smtp://a:b@mail', smtpTls: 'plain' })
    expect(readConfig(['--data', dir], {})).toMatchObject({ smtpTls: 'plain', mailSources: { smtpTls: 'file' } })
    expect(readConfig(['--data', dir], { ZAIRYU_SMTP_TLS: 'starttls' })).toMatchObject({
      smtpTls: 'starttls',
      mailSources: { smtpTls: 'variable', smtpUrl: 'file' },
    })
    expect(readConfig(['--data', dir], { ZAIRYU_SMTP_URL: 'smtps://other' })).toMatchObject({
      smtpTls: null,
      mailSources: { smtpTls: 'default', smtpUrl: 'variable' },
    })
    expect(() => readConfig(['--data', folder({ smtpUrl: 'smtps://a' })], { ZAIRYU_SMTP_TLS: 'plain' })).toThrow(
      /^ZAIRYU_SMTP_TLS is "plain", but smtpUrl in .*settings\.json begins with smtps/,
    )
    expect(() => readConfig(['--data', folder({ smtpUrl: 'smtp://a', smtpTls: 'ssl' })], {})).toThrow(
      /^smtpTls in .*settings\.json is "ssl"; allowed: plain/,
    )
  })

  it('name the file that cannot be read', () => {
    const dir = folder('{"port":')
    expect(() => readConfig(['--data', dir], {})).toThrow(/settings\.json is not a JSON object/)
  })
})
