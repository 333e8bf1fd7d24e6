import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { placeFile } from '#main/desktop/placed-file'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zairyu-placed-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}

describe('a file that is put where the reader wants it', () => {
  it('is there as a whole, in place of what was there', async () => {
    const at = folder()
    writeFileSync(join(at, 'mine.json'), 'something longer than before')
    await placeFile('\uFEFFnew', join(at, 'mine.json'))
    expect(readFileSync(join(at, 'mine.json'), 'utf8')).toBe('\uFEFFnew')
    expect(readdirSync(at)).toEqual(['mine.json'])
  })

  it('leaves nothing behind where it cannot be put', async () => {
    const at = folder()
    mkdirSync(join(at, 'folder', 'with'), { recursive: true })
    await expect(placeFile('new', join(at, 'folder'))).rejects.toThrow()
    await expect(placeFile('new', join(at, 'absent', 'mine.json'))).rejects.toThrow()
    expect(readdirSync(at)).toEqual(['folder'])
  })
})
