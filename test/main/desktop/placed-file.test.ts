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
  writeFileSync(join(made, 'arrived'), 'new')
  return made
}

describe('a file that is put where the reader wants it', () => {
  it('is there as a whole, in place of what was there', async () => {
    const at = folder()
    writeFileSync(join(at, 'mine.json'), 'something longer than before')
    await placeFile(join(at, 'arrived'), join(at, 'mine.json'))
    expect(readFileSync(join(at, 'mine.json'), 'utf8')).toBe('new')
    expect(readdirSync(at).sort()).toEqual(['arrived', 'mine.json'])
  })

  it('leaves nothing behind where it cannot be put', async () => {
    const at = folder()
    mkdirSync(join(at, 'folder', 'with'), { recursive: true })
    await expect(placeFile(join(at, 'arrived'), join(at, 'folder'))).rejects.toThrow()
    await expect(placeFile(join(at, 'arrived'), join(at, 'absent', 'mine.json'))).rejects.toThrow()
    await expect(placeFile(join(at, 'never-arrived'), join(at, 'mine.json'))).rejects.toThrow()
    expect(readdirSync(at).sort()).toEqual(['arrived', 'folder'])
  })
})
