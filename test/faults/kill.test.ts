import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { spawnCli } from '../support/cli'
import { openMailServer, type Letter } from '../support/mail-server'
import { registrationForm } from '../support/portal'
import { startProgram, type Program } from '../support/program'
import { certificateLine, PASSWORD } from '../support/samples'

const EMAIL = 'an@example.jp'
const tokenIn = (letter: Letter, screen: string) =>
  new RegExp(`/${screen}/([\\w-]{43})`).exec(letter.mail.text ?? '')?.[1] ?? ''

describe('a power failure right after each answered step', () => {
  it('loses nothing, and sends nothing twice under another Message-ID', { timeout: 120_000 }, async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-kill-'))
    const mail = await openMailServer()
    let program: Program
    const start = async () => {
      program = await startProgram({ dataDir, env: { ZAIRYU_SMTP_URL: mail.url } })
    }
    onTestFinished(async () => {
      await program.kill()
      await mail.close()
      rmSync(dataDir, { recursive: true, force: true })
    })
    let cookie = ''
    /** One request; the moment its answer is read the program is killed, and started again. */
    const step = async (method: string, path: string, body?: unknown) => {
      const response = await fetch(`${program.url}/api/v1${path}`, {
        method,
        headers: { 'Content-Type': 'application/json', Cookie: cookie },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      await program.kill()
      const set = response.headers.getSetCookie().find((line) => line.startsWith('zairyu_session='))
      cookie = set?.split(';')[0] ?? cookie
      await start()
      return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) }
    }
    const letterWith = (screen: string) =>
      mail.letter((letter) => tokenIn(letter, screen) !== '', `a link to ${screen}`)

    await start()
    expect((await step('POST', '/registrations', { email: EMAIL })).status).toBe(202)
    const token = tokenIn(await letterWith('register'), 'register')
    expect(await step('GET', `/registrations/${token}`)).toMatchObject({ status: 200, body: { email: EMAIL } })
    expect((await step('POST', `/registrations/${token}/check`, registrationForm)).status).toBe(204)
    const registered = await step('POST', `/registrations/${token}/completion`, registrationForm)
    expect(registered.status).toBe(201)
    const userId = String(registered.body['userId'])
    await mail.letter(({ mail: { text } }) => text?.includes(userId) ?? false, 'the user ID')
    expect((await step('POST', `/registrations/${token}/completion`, registrationForm)).body['code']).toBe('link.used')

    expect((await step('POST', '/session', { userId, password: PASSWORD })).status).toBe(200)
    const lines = ['在1番Y1', '在1番Y2', '在1番Y3'].map((number) =>
      certificateLine(userId, number, { issuedOn: '2025-07-23' }),
    )
    const file = join(dataDir, 'certificates.jsonl')
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(await spawnCli(['certificates', 'import', file, '--data', dataDir])).toMatchObject({ code: 0, err: '' })
    await program!.kill()
    await start()
    for (const { certificateNumber } of lines)
      await mail.letter(
        ({ mail: { subject, text } }) =>
          subject?.includes('証明書交付') === true && text?.includes(certificateNumber) === true,
        certificateNumber,
      )
    const path = `/receipts/${encodeURIComponent('在1番Y2')}/registration`
    const first = await step('POST', path)
    expect(first).toMatchObject({
      status: 200,
      body: { certificateNumber: '在1番Y2', registeredAt: expect.any(String) },
    })
    expect((await step('POST', path)).body['registeredAt']).toBe(first.body['registeredAt'])
    const list = await step('GET', '/receipts')
    expect(
      (list.body['items'] as { registeredAt: string | null }[]).map(({ registeredAt }) => registeredAt !== null),
    ).toEqual([false, true, false])
    expect((await step('DELETE', '/session')).status).toBe(204)
    expect((await step('GET', '/session')).status).toBe(401)

    const sent = JSON.parse((await spawnCli(['mail', 'list', '--json', '--data', dataDir])).out) as {
      status: string
      messageId: string
    }[]
    expect(sent).toHaveLength(5)
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set(['sent']))
    const arrived = new Map<string, string>()
    for (const {
      raw,
      mail: { messageId = '' },
    } of mail.letters) {
      expect(arrived.get(messageId) ?? raw).toBe(raw)
      arrived.set(messageId, raw)
    }
    expect(new Set(arrived.keys())).toEqual(new Set(sent.map(({ messageId }) => messageId)))
  })
})
