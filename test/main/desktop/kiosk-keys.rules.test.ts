import { describe, expect, it } from 'vitest'
import { reachesKiosk } from '#main/desktop/kiosk-keys.rules'

const press = (text: string) => {
  const parts = text.split('+')
  const key = parts.pop() || '+'
  const has = (name: string) => parts.includes(name)
  return { key, control: has('Ctrl'), alt: has('Alt'), meta: has('Cmd') }
}

describe('a key at the kiosk', () => {
  it.each([
    'a',
    'Z',
    '7',
    '@',
    '-',
    ' ',
    'é',
    '在',
    'Enter',
    'Tab',
    'Escape',
    'Backspace',
    'ArrowDown',
    'PageDown',
    'Home',
  ])('types, corrects or moves: %s', (key) => {
    expect(reachesKiosk(press(key))).toBe(true)
  })

  it.each(['Shift', 'CapsLock', 'Ctrl+Control', 'Process', 'HiraganaKatakana', 'Dead', 'Alt+AltGraph', 'Alt+Dead'])(
    'helps typing: %s',
    (key) => {
      expect(reachesKiosk(press(key))).toBe(true)
    },
  )

  it.each(['Ctrl+c', 'Cmd+v', 'Ctrl+A', 'Ctrl+x', 'Cmd+z', 'Ctrl+ArrowLeft', 'Ctrl+Backspace', 'Ctrl+Alt+q', 'Alt+@'])(
    'edits or types: %s',
    (key) => {
      expect(reachesKiosk(press(key))).toBe(true)
    },
  )

  it.each([
    ...['Alt+F4', 'Cmd+q', 'Ctrl+w', 'Ctrl+Q', 'Cmd+w', 'Cmd+m', 'Cmd+h', 'Ctrl+n', 'Ctrl+t'],
    ...['F5', 'Ctrl+r', 'Ctrl+R', 'Cmd+r', 'F11', 'F12', 'Ctrl+I', 'Ctrl+u', 'F1', 'F24'],
    ...['Ctrl+-', 'Ctrl+=', 'Ctrl+0', 'Cmd++', 'Ctrl+p', 'Cmd+p', 'Ctrl+s', 'Ctrl+o', 'Ctrl+f', 'Ctrl+j'],
    ...[
      'Alt+Tab',
      'Alt+ ',
      'Alt+ArrowLeft',
      'Alt+Home',
      'Ctrl+Escape',
      'Ctrl+Alt+Delete',
      'Alt+Alt',
      'Cmd+ ',
      'Cmd+Tab',
    ],
    ...['ContextMenu', 'PrintScreen', 'Meta', 'BrowserBack', 'BrowserHome', 'LaunchMail', 'ZoomIn', 'Cmd+Alt+i'],
  ])('leads nowhere: %s', (key) => {
    expect(reachesKiosk(press(key))).toBe(false)
  })
})
