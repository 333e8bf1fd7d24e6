import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { shellMemory } from '#main/desktop/shell-memory'

const FIRST = { language: null, logoutOnClose: true, window: null, zoom: 100 }
const WINDOW = { x: 10, y: 20, width: 800, height: 600, maximized: true }

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zairyu-memory-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}

describe('what the shell remembers', () => {
  it('is nothing at the first start', () => {
    expect(shellMemory(join(folder(), 'absent')).kept).toEqual(FIRST)
  })

  it('is there at the next start, each part by itself', () => {
    const at = join(folder(), 'desktop')
    expect(shellMemory(at).keep({ window: WINDOW })).toBe(true)
    expect(shellMemory(at).keep({ zoom: 125 })).toBe(true)
    expect(shellMemory(at).kept).toEqual({ ...FIRST, window: WINDOW, zoom: 125 })
    expect(readdirSync(at)).toEqual(['shell.json'])
  })

  it.each(['', 'no json', '[]', 'null', '{"zoom":"large"}', '{"zoom":49}', '{"zoom":301}', '{"window":{"x":1}}'])(
    'is as at the first start where the file holds %j',
    (text) => {
      const at = folder()
      writeFileSync(join(at, 'shell.json'), text)
      expect(shellMemory(at).kept).toEqual(FIRST)
    },
  )

  it('is not lost as a whole when one part is damaged', () => {
    const at = folder()
    writeFileSync(
      join(at, 'shell.json'),
      JSON.stringify({ language: 'xx', logoutOnClose: false, zoom: 50, window: WINDOW }),
    )
    expect(shellMemory(at).kept).toEqual({ language: null, logoutOnClose: false, zoom: 50, window: WINDOW })
  })

  it('holds until the end of the program on a disk that refuses, and says so', () => {
    const at = folder()
    mkdirSync(join(at, 'shell.json'))
    const memory = shellMemory(at)
    expect(memory.keep({ zoom: 150 })).toBe(false)
    expect(memory.kept.zoom).toBe(150)
    expect(readdirSync(at)).toEqual(['shell.json'])
  })
})
