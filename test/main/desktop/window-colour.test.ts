import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rememberColour, rememberedColour } from '#main/desktop/window-colour'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zairyu-colour-'))
  onTestFinished(() => {
    rmSync(made, { recursive: true })
  })
  return made
}

describe('the colour with which the window opens', () => {
  it('is not known before the first start', () => {
    expect(rememberedColour(join(folder(), 'absent'))).toBeNull()
  })

  it('is that of the page when it was last seen', () => {
    const at = join(folder(), 'desktop')
    rememberColour(at, '#e8f1fe')
    rememberColour(at, '#000000')
    expect(rememberedColour(at)).toBe('#000000')
  })

  it.each([null, '', 'red', '#fff', '#00000000', 'rgb(0, 0, 0)'])('is not changed by %j', (colour) => {
    const at = folder()
    rememberColour(at, '#fff0b3')
    rememberColour(at, colour)
    expect(rememberedColour(at)).toBe('#fff0b3')
  })

  it('is not known when the file is damaged', () => {
    const at = folder()
    writeFileSync(join(at, 'window-colour.txt'), '\0\0\0')
    expect(rememberedColour(at)).toBeNull()
  })
})
