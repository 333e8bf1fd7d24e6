import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { flagsToRunWith, keepFlags } from '#main/desktop/kept-flags'

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'zairyu-flags-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}
const KIOSK = { args: ['--kiosk', '--data', 'data'], cwd: '/srv/zairyu' }
const NONE = { args: [], cwd: '/' }

describe('the flags of a program that was updated', () => {
  it('are found again by the installer’s start, once', () => {
    const kept = folder()
    keepFlags(kept, KIOSK)
    expect(flagsToRunWith(kept, NONE)).toEqual(KIOSK)
    expect(flagsToRunWith(kept, NONE)).toEqual(NONE)
  })

  it('give way to those of a start that has its own, and are gone then', () => {
    const kept = folder()
    keepFlags(kept, KIOSK)
    const own = { args: ['--training'], cwd: '/home' }
    expect(flagsToRunWith(kept, own)).toEqual(own)
    expect(readdirSync(kept)).toEqual([])
  })

  it('are none where the file is damaged', () => {
    const kept = folder()
    writeFileSync(join(kept, 'flags-after-update.json'), '{"args":["--kiosk"')
    expect(flagsToRunWith(kept, NONE)).toEqual(NONE)
    expect(readdirSync(kept)).toEqual([])
  })
})
