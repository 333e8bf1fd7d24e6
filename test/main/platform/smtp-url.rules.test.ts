import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSmtpUrl, smtpConnection, smtpPort, writeSmtpUrl } from '#main/platform/config/smtp-url.rules'
import { decodeLoosely, tellable } from '#main/platform/config/setting-text.rules'

const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })

describe('the URL of a mail server', () => {
  it.each([
    ['smtp://mail.example.jp', { secure: false, host: 'mail.example.jp', port: null, user: null, password: '' }],
    ['SMTPS://Mail.Example.jp:465/', { secure: true, host: 'mail.example.jp', port: 465 }],
    ['smtp://me@host', { user: 'me', password: '', host: 'host' }],
    ['smtp://me:secret@[::1]:25', { user: 'me', password: 'secret', host: '[::1]', port: 25 }],
    ['smtp://immi@example.jp:p@ss:w@mail', { user: 'immi@example.jp', password: 'p@ss:w', host: 'mail' }],
    ['smtp://me%40x:a%2Fb%23c@host', { user: 'me@x', password: 'a/b#c' }],
    ['smtp://mailer:100%safe@127.0.0.1:2599', { user: 'mailer', password: '100%safe', port: 2599 }],
    ['smtp://me:100%@host', { password: '100%' }],
    ['smtp://me:%ff%41@host', { password: '%ff%41' }],
    ['smtp://mail_relay:1025', { host: 'mail_relay', port: 1025 }],
    ['smtp://メール.example.jp', { host: 'xn--4dkua4c.example.jp' }],
    ['smtp://host:1', { port: 1 }],
    ['smtp://host:65535', { port: 65_535 }],
  ])('%s is read', (text, server) => {
    expect(readSmtpUrl(text)).toMatchObject(server)
  })

  it.each([
    '',
    'mail.example.jp',
    'http://host',
    'smtp://',
    'smtp:///x',
    'smtp://host:0',
    'smtp://host:65536',
    'smtp://host:x',
    'smtp://host/path',
    'smtp://:secret@host',
    'smtps://mailer:Ab/cd#9@mail.example.jp:465',
    'smtp://me:a?b@host',
    'smtp://me:secret@host?tls.rejectUnauthorized=false',
    'smtp://host?ignoreTLS=true',
    'smtp://host#x',
    'smtp://me:sec\nret@host',
  ])('%j is none', (text) => {
    expect(readSmtpUrl(text)).toBeNull()
  })

  it('carries every user and password there and back', () => {
    fc.assert(
      fc.property(printable, printable, fc.boolean(), (user, password, secure) => {
        const server = { secure, host: 'mail.example.jp', port: 2525, user, password }
        expect(readSmtpUrl(writeSmtpUrl(server))).toEqual(server)
      }),
    )
  })

  it('is written also for a password that is no text', () => {
    const server = { secure: false, host: 'host', port: null, user: 'me' }
    expect(readSmtpUrl(writeSmtpUrl({ ...server, password: 'a\ud800b' }))).toMatchObject({ password: 'a\ufffdb' })
  })
})

describe('the way to a mail server', () => {
  it.each([
    { secure: true, user: null, chosen: null, connection: 'tls', port: 465 },
    { secure: true, user: 'me', chosen: null, connection: 'tls', port: 465 },
    { secure: true, user: 'me', chosen: 'tls', connection: 'tls', port: 465 },
    { secure: false, user: null, chosen: null, connection: 'offered', port: 587 },
    { secure: false, user: 'me', chosen: null, connection: 'starttls', port: 587 },
    { secure: false, user: 'me', chosen: 'plain', connection: 'plain', port: 587 },
    { secure: false, user: 'me', chosen: 'starttls', connection: 'starttls', port: 587 },
    { secure: false, user: 'me', chosen: 'tls', connection: 'tls', port: 465 },
    { secure: false, user: null, chosen: 'starttls', connection: 'starttls', port: 587 },
  ] as const)('$secure $user $chosen → $connection', ({ connection, port, chosen, ...server }) => {
    expect(smtpConnection(server, chosen)).toBe(connection)
    expect(smtpPort({ port: null }, connection)).toBe(port)
    expect(smtpPort({ port: 26 }, connection)).toBe(26)
  })

  it.each(['plain', 'starttls'] as const)('smtps:// with %s is a contradiction', (chosen) => {
    expect(smtpConnection({ secure: true, user: null }, chosen)).toBeNull()
  })

  it('never takes a password in the clear unless that was chosen', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.constantFrom(null, 'starttls', 'tls'), (secure, chosen) => {
        expect(smtpConnection({ secure, user: 'me' }, chosen)).toSatisfy(
          (way) => way === null || way === 'starttls' || way === 'tls',
        )
      }),
    )
  })
})

describe('a value in a message', () => {
  it.each([
    ['http://x', 'http://x'],
    ['https://mail.example.jp/', 'https://mail.example.jp/'],
    ['http://x:8080', 'http://…'],
    ['smtps://mailer:Ab/cd#9@mail.example.jp:465', 'smtps://…'],
    ['smtp://me:secret', 'smtp://…'],
    ['https://me:secret@host/', 'https://…'],
    ['https://host/secret', 'https://…'],
    ['me:secret@host', '…'],
    ['secret', '…'],
    ['geheim://x', '…'],
  ])('%s is told as %s', (text, told) => {
    expect(tellable(text, true)).toBe(told)
  })

  it('is told whole where nothing secret belongs there, unless it looks like a URL with a password', () => {
    expect(tellable('nobody', false)).toBe('nobody')
    expect(tellable('65536', false)).toBe('65536')
    expect(tellable('me:secret@host', false)).toBe('…')
  })

  it('holds no part of a password, whatever it is made of', () => {
    const sign = fc.constantFrom(...'/?#@:%\\[] &+aあ9')
    const secret = fc.string({ unit: sign, minLength: 1, maxLength: 12 }).map((text) => `Zq${text}Xw`)
    const shape = fc.constantFrom(
      (text: string) => `smtps://me:${text}@host:465`,
      (text: string) => `smtp://me:${text}`,
      (text: string) => `https://${text}@host/x`,
      (text: string) => `me:${text}@host`,
      (text: string) => text,
    )
    fc.assert(
      fc.property(secret, shape, (text, write) => {
        expect(tellable(write(text), true)).not.toMatch(/Zq|Xw/)
      }),
    )
  })

  it('reads escapes and leaves what is none', () => {
    expect(decodeLoosely('100%safe %41%E3%81%82 %')).toBe('100%safe Aあ %')
  })
})
