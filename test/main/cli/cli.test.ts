import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { argonPasswords } from '#main/platform/crypto/passwords'
import { runCli, spawnCli } from '../../support/cli'
import { inputFile } from '../../support/inputs'
import { openPortal } from '../../support/portal'
import { certificateLine } from '../../support/samples'

const folder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'zairyu-cli-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
const file = (dir: string, name: string, content: string | Uint8Array) => {
  writeFileSync(join(dir, name), content)
  return join(dir, name)
}

/** A data directory in training with the clock running, made by the command line itself. */
const training = async () => {
  const dir = folder()
  const made = await runCli(['announcements', 'import', file(dir, 'none.json', '[]'), '--data', dir, '--training'])
  expect(made).toMatchObject({ code: 0, err: '' })
  return dir
}

describe('the command line (DESIGN §1, §10)', () => {
  it('ends as a process of its own with 0 when it was done, 1 when it could not be, 2 when it was wrongly asked', async () => {
    const dir = await training()
    const shown = await spawnCli(['clock', 'show', '--json', '--data', dir])
    expect(shown).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(shown.out)).toHaveProperty('now')
    expect(await spawnCli(['mail', 'show', 'none', '--data', dir])).toMatchObject({
      code: 1,
      out: '',
      err: 'There is no mail none.\n',
    })
    expect(await spawnCli(['clock', 'advance', '--data', dir])).toMatchObject({ code: 2, out: '' })
  })

  it.each([
    [['nonsense']],
    [['clock', 'advance']],
    [['mail', 'show']],
    [['mail', 'list', '--colour']],
    [['clock', 'advance', 'soon']],
    [[]],
  ])('answers 2 to the wrong usage %j', async (args) => {
    const answer = await runCli([...args, '--data', folder()])
    expect(answer.code).toBe(2)
    expect(answer.out).toBe('')
  })

  it('answers 1 with the reason where a file or the data are missing', async () => {
    const dir = folder()
    expect(await runCli(['certificates', 'import', join(dir, 'none.jsonl'), '--data', dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    })
    expect(await runCli(['mail', 'list', '--data', join(dir, 'nowhere')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There are no data'),
    })
  })

  it('moves the clock of training data only', async () => {
    const dir = await training()
    const set = await runCli(['clock', 'set', '2027-01-31T09:00:00+09:00', '--json', '--data', dir])
    expect(JSON.parse(set.out).now).toMatch(/^2027-01-31T00:00:0/)
    const on = await runCli(['clock', 'advance', 'P1M', '--json', '--data', dir])
    expect(JSON.parse(on.out).now).toMatch(/^2027-02-28T00:00:/)
    const shown = await runCli(['clock', 'show', '--json', '--data', dir])
    expect(JSON.parse(shown.out).now).toMatch(/^2027-02-28T00:00:/)

    const portal = await openPortal()
    for (const args of [['show'], ['advance', 'P1D'], ['set', '2027-01-31T09:00:00Z']]) {
      const refused = await runCli(['clock', ...args, '--data', portal.config.dataDir])
      expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/training/i) })
    }
  })

  it('does not mix training data with real ones', async () => {
    const portal = await openPortal()
    const mixed = await runCli(['mail', 'list', '--training', '--data', portal.config.dataDir])
    expect(mixed).toMatchObject({ code: 2, err: expect.stringContaining('holds real data') })
  })

  it('imports certificates while the program runs, all lines or none, and names bad ones', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const dir = portal.config.dataDir
    const good = JSON.stringify(certificateLine(userId, '在1番Y1'))
    const bad = JSON.stringify(certificateLine(userId, '在1番Y2', { issuedOn: 'yesterday', sex: undefined }))
    const refused = await runCli(['certificates', 'import', file(dir, 'bad.jsonl', `${good}\n${bad}\n`), '--data', dir])
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('line 2: issuedOn: must be a date like 2025-07-23 (date.format)')
    expect(refused.err).toContain('line 2: sex:')
    const visitor = portal.visitor()
    await visitor.logIn(userId)
    expect((await visitor.call('GET', '/receipts')).body['total']).toBe(0)

    const path = file(dir, 'good.jsonl', `\uFEFF${good}\r\n\r\n`)
    const imported = await runCli(['certificates', 'import', path, '--json', '--data', dir])
    expect(imported).toMatchObject({ code: 0, err: '' })
    expect(JSON.parse(imported.out)).toEqual({ issued: 1, unchanged: [] })
    expect((await visitor.call('GET', '/receipts')).body['total']).toBe(1)
    const again = await runCli(['certificates', 'import', path, '--json', '--data', dir])
    expect(JSON.parse(again.out)).toEqual({ issued: 0, unchanged: ['在1番Y1'] })
  })

  it.each([
    ['cp932.jsonl', 'Shift_JIS'],
    ['utf16le.jsonl', 'UTF-16'],
  ])('refuses a file that is not UTF-8 and says what it looks like: %s', async (name, looksLike) => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const dir = portal.config.dataDir
    const bytes = Buffer.from(inputFile(name).toString('latin1').replace('USERIDHERE', userId), 'latin1')
    const path = file(dir, name, bytes)
    for (const args of [
      ['certificates', 'import', path],
      ['announcements', 'import', path],
      ['users', 'import', path],
    ]) {
      const refused = await runCli([...args, '--data', dir])
      expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining(`looks like ${looksLike}`) })
      expect(refused.err).toContain('is not UTF-8 (line 1)')
    }
    expect(await portal.data.db.selectFrom('certificates').selectAll().execute()).toEqual([])
    expect((await portal.mails()).filter(({ text }) => text.includes('在1番Y261101'))).toEqual([])
  })

  it('refuses a file that lost letters before, by line', async () => {
    const portal = await openPortal()
    const { userId } = await portal.register()
    const dir = portal.config.dataDir
    const lines = [
      certificateLine(userId, '在1番Y1'),
      certificateLine(userId, '在1番Y2', { organization: '\uFFFDくら' }),
    ]
    const path = file(dir, 'lost.jsonl', lines.map((line) => JSON.stringify(line)).join('\n'))
    const refused = await runCli(['certificates', 'import', path, '--data', dir])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('line 2: organization: has lost letters') })
  })

  it('takes users in as Excel writes them: CP932 where that is said', async () => {
    const dir = await training()
    // The name of a column that is no business of ours: 備考.
    const csv = inputFile('users-empty-row.csv')
      .toString('latin1')
      .replace('passwordSetOn', 'passwordSetOn,\x94\xF5\x8Dl')
    const path = file(dir, 'users.csv', Buffer.from(csv, 'latin1'))
    const refused = await runCli(['users', 'import', path, '--data', dir])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--encoding cp932') })
    const taken = await runCli(['users', 'import', path, '--encoding', 'cp932', '--json', '--data', dir])
    expect(taken.err).toBe('')
    expect(JSON.parse(taken.out)).toEqual({ imported: 1, unchanged: [] })
    expect((await runCli(['users', 'import', path, '--encoding', 'utf-7', '--data', dir])).code).toBe(2)
  })

  it('lists and shows mails in the agreed form, and says why one cannot be sent', async () => {
    const portal = await openPortal()
    await portal.askForRegistration('an@example.jp')
    const dir = portal.config.dataDir
    const list = JSON.parse((await runCli(['mail', 'list', '--json', '--data', dir])).out)
    expect(list).toEqual([
      {
        id: expect.any(String),
        to: 'an@example.jp',
        subject: expect.stringContaining('【入管庁】'),
        status: 'queued',
        messageId: expect.stringMatching(/^<.+@.+>$/),
        sentAt: null,
        attempts: 0,
      },
    ])
    const shown = JSON.parse((await runCli(['mail', 'show', list[0].id, '--json', '--data', dir])).out)
    expect(shown).toMatchObject({ ...list[0], from: 'noreply@example.jp' })
    expect(shown.text).toMatch(/http:\/\/127\.0\.0\.1:4180\/register\/[\w-]{43}/)
    expect(shown.html).toContain('<html')
    const retry = await runCli(['mail', 'retry', list[0].id, '--data', dir])
    expect(retry).toMatchObject({ code: 1, err: expect.stringContaining('ZAIRYU_SMTP_URL') })
    expect((await runCli(['mail', 'show', 'none', '--data', dir])).code).toBe(1)
    await portal.askForRegistration('an@example.jp')
    const newest = await runCli(['mail', 'show', 'An@example.jp', '--json', '--data', dir])
    expect(JSON.parse(newest.out)).toMatchObject({ to: 'an@example.jp', id: expect.not.stringMatching(list[0].id) })
    expect(await runCli(['mail', 'show', 'le@example.jp', '--data', dir])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no mail to le@example.jp.'),
    })
  })

  it('replaces announcements with the same id', async () => {
    const dir = await training()
    const write = (title: string) =>
      file(
        dir,
        'news.json',
        JSON.stringify([
          { id: 'a', publishedAt: '2026-01-05T09:00:00+09:00', title: { ja: title }, body: { ja: '本文' } },
        ]),
      )
    expect((await runCli(['announcements', 'import', write('旧'), '--data', dir])).code).toBe(0)
    expect((await runCli(['announcements', 'import', write('新'), '--data', dir])).code).toBe(0)
    const refused = await runCli(['announcements', 'import', file(dir, 'bad.json', '[{"id":"b"}]'), '--data', dir])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('publishedAt') })
  })

  it('can be started many times at once on a new folder', async () => {
    const dir = folder()
    const path = file(dir, 'none.json', '[]')
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => runCli(['announcements', 'import', path, '--data', join(dir, 'data')])),
    )
    expect(answers).toEqual(Array(4).fill({ code: 0, out: '0 written\n', err: '' }))
  })

  it('lets reminders and their mails run at their times while the clock moves (DESIGN §10)', async () => {
    const dir = await training()
    await runCli(['clock', 'set', '2026-11-22T00:00:00Z', '--data', dir])
    const hash = await argonPasswords().hash('Hanami-2026x')
    const header = 'system,userId,passwordHash,category,nameEn,email,phone,passwordSetOn'
    const users = `${header}\nzairyu,OLD01,"${hash}",applicant,HOUMU TARO,taro@example.jp,0312345678,2025-12-01\n`
    expect((await runCli(['users', 'import', file(dir, 'users.csv', users), '--data', dir])).code).toBe(0)
    const line = JSON.stringify(certificateLine('OLD01', '在1番Y1'))
    expect((await runCli(['certificates', 'import', file(dir, 'c.jsonl', line), '--data', dir])).code).toBe(0)
    expect((await runCli(['clock', 'advance', 'P20D', '--no-jobs', '--data', dir])).code).toBe(0)
    expect((await runCli(['clock', 'set', '2027-06-01T00:00:00Z', '--data', dir])).code).toBe(0)
    const mails = JSON.parse((await runCli(['mail', 'list', '--json', '--data', dir])).out) as {
      sentAt: string
      status: string
    }[]
    expect(new Set(mails.map(({ status }) => status))).toEqual(new Set(['sent']))
    const days = mails.map(({ sentAt }) =>
      Math.round((Date.parse(sentAt) - Date.parse('2026-11-22T00:00:00Z')) / 86_400_000),
    )
    expect(days).toEqual([0, 20, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84])
  })
})

describe('the admin code of a kiosk', () => {
  const set = (dir: string, typed: string) => spawnCli(['kiosk', 'code', '--code-stdin', '--data', dir], {}, typed)

  it('is read from the input, kept as a hash that only the owner reads, and shown nowhere', async () => {
    const dir = join(folder(), 'new')
    const answer = await set(dir, 'Kanda-2026\n')
    expect(answer).toMatchObject({ code: 0, err: '' })
    const settings = readFileSync(join(dir, 'settings.json'), 'utf8')
    const { kioskCode } = JSON.parse(settings) as { kioskCode: string }
    expect(kioskCode).toMatch(/^\$argon2id\$v=19\$m=19456,/)
    expect(await argonPasswords().verify(kioskCode, 'Kanda-2026')).toBe(true)
    expect(statSync(join(dir, 'settings.json')).mode & 0o077).toBe(0)
    const log = readFileSync(join(dir, 'log/zairyu.log'), 'utf8')
    expect(log).toContain('kiosk code set')
    for (const place of [answer.out, settings, log]) expect(place).not.toContain('Kanda-2026')
  })

  it.each(['short', '', 'with a space'])('is refused with the reason: %j', async (typed) => {
    const dir = folder()
    const answer = await set(dir, typed)
    expect(answer.code).toBe(1)
    expect(answer.err).toMatch(/^The code (must be 8 to 64 characters long|may hold A–Z)/)
    expect(existsSync(join(dir, 'settings.json'))).toBe(false)
  })

  it('is set before there are any data, which are made at the first start', async () => {
    const dir = join(folder(), 'new')
    await set(dir, 'Kanda-2026\n')
    expect(await spawnCli(['announcements', 'import', file(dir, 'none.json', '[]'), '--data', dir])).toMatchObject({
      code: 0,
      err: '',
    })
  })

  it('is asked on a terminal, and for scripts read only when they say so', async () => {
    const answer = await spawnCli(['kiosk', 'code', '--data', folder()], {}, 'Kanda-2026\n')
    expect(answer.code).toBe(2)
    expect(answer.err).toContain('--code-stdin')
    expect((await spawnCli(['kiosk', 'code', 'Kanda-2026', '--data', folder()])).code).toBe(2)
  })
})
