import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it, onTestFinished } from 'vitest'
import { codeCheck } from '#main/desktop/kiosk-code'
import { readNewCode } from '#main/features/kiosk/kiosk.rules'
import { argonPasswords } from '#main/platform/crypto/passwords'

const CODE = 'Kanda-2026'
const passwords = argonPasswords({ memoryCost: 1_024 })
const START = Temporal.Instant.from('2026-11-22T00:00:00Z')

/** A kiosk whose code is tried; `restart` is the same machine after a new start. */
async function machine() {
  const folder = mkdtempSync(join(tmpdir(), 'zairyu-kiosk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const hash = await passwords.hash(CODE)
  const logged: unknown[] = []
  const note = (...line: unknown[]) => void logged.push(line)
  let now = START
  const log = { info: note, warn: note }
  const start = () => codeCheck({ folder, hash, clock: { now: () => now }, passwords, log })
  let check = start()
  return {
    try: (code: string) => check(code),
    restart: () => {
      check = start()
    },
    wait: (span: string) => {
      now = now.add(span)
    },
    logged: () => JSON.stringify(logged),
    kept: () =>
      readdirSync(folder)
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('\n'),
  }
}

describe('the code by which staff end a kiosk', () => {
  it('ends it', async () => {
    expect(await (await machine()).try(CODE)).toEqual({ left: true })
  })

  it.each(['', 'kanda-2026', `${CODE} `, 'x'.repeat(256)])('does not with %j', async (typed) => {
    expect(await (await machine()).try(typed)).toEqual({ left: false, why: 'wrong' })
  })

  it.each([
    { after: 'PT14M59S', answer: { left: false, why: 'limited', retryAt: '2026-11-22T00:15:00.000Z' } },
    { after: 'PT15M', answer: { left: true } },
    { after: 'PT15M1S', answer: { left: true } },
  ])('is looked at five times in a quarter of an hour, and again $after after the first', async ({ after, answer }) => {
    const kiosk = await machine()
    for (let tries = 0; tries < 5; tries += 1) expect(await kiosk.try(`wrong-${tries}`)).toMatchObject({ why: 'wrong' })
    expect(await kiosk.try(CODE)).toMatchObject({ why: 'limited' })
    kiosk.wait(after)
    expect(await kiosk.try(CODE)).toEqual(answer)
  })

  it('is not looked at more often when the program is started anew', async () => {
    const kiosk = await machine()
    for (let tries = 0; tries < 5; tries += 1) {
      await kiosk.try('wrong-code')
      kiosk.restart()
    }
    expect(await kiosk.try(CODE)).toMatchObject({ why: 'limited' })
  })

  it('is counted before it is looked at: five at once are five', async () => {
    const kiosk = await machine()
    const answers = await Promise.all(Array.from({ length: 7 }, () => kiosk.try('wrong-code')))
    expect(answers.filter((answer) => !answer.left && answer.why === 'limited')).toHaveLength(2)
  })

  it('begins anew after the right one', async () => {
    const kiosk = await machine()
    for (let tries = 0; tries < 4; tries += 1) await kiosk.try('wrong-code')
    expect(await kiosk.try(CODE)).toEqual({ left: true })
    for (let tries = 0; tries < 4; tries += 1) await kiosk.try('wrong-code')
    expect(await kiosk.try(CODE)).toEqual({ left: true })
  })

  it('is written down nowhere, right or wrong', async () => {
    const kiosk = await machine()
    await kiosk.try('Wrong-Code-7')
    expect(kiosk.logged()).toContain('kiosk code wrong')
    expect(kiosk.kept()).toContain('count')
    await kiosk.try(CODE)
    for (const place of [kiosk.logged(), kiosk.kept()]) expect(place).not.toMatch(/Wrong-Code-7|Kanda-2026/)
  })
})

describe('a new code', () => {
  it.each([
    { typed: 'a'.repeat(7), ok: false },
    { typed: 'a'.repeat(8), ok: true },
    { typed: 'a'.repeat(64), ok: true },
    { typed: 'a'.repeat(65), ok: false },
    { typed: 'Kanda 2026', ok: false },
    { typed: 'かんだ２０２６年', ok: false },
    { typed: 'Kanda-2026!', ok: true },
  ])('$typed is good: $ok', ({ typed, ok }) => {
    expect(readNewCode(typed).ok).toBe(ok)
  })
})
