import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { LANGUAGES, type Language } from '#domain/language'
import { applicationMenu, type MenuActions } from '#main/desktop/application-menu'
import { desktopText } from '#main/desktop/desktop-texts'
import ja from '../../../resources/locales/ja/desktop.json' with { type: 'json' }

function menu(parts: { platform?: NodeJS.Platform; packaged?: boolean; language?: Language } = {}) {
  const done: unknown[] = []
  const actions: MenuActions = {
    print: () => done.push('print'),
    zoom: (wish) => done.push(wish),
    go: (where) => done.push(where),
    show: (path) => done.push(path),
  }
  const top = applicationMenu({ platform: 'win32', packaged: true, language: 'ja', actions, ...parts })
  const all = top.flatMap((each) => each.submenu as MenuItemConstructorOptions[])
  const item = (label: string) => {
    const found = all.find((each) => each.label === label)
    if (!found) throw new Error(`no ${label}`)
    return found
  }
  const choose = (label: string) => {
    ;(item(label).click as () => void)()
    return done.pop()
  }
  return { top: top.map(({ label }) => label), all, item, choose }
}
const roles = (items: MenuItemConstructorOptions[]) => items.map(({ role }) => role)
const keys = (items: MenuItemConstructorOptions[]) => items.flatMap(({ accelerator }) => accelerator ?? []).map(String)

describe('the menu', () => {
  it('has the usual parts, in the language of the reader', () => {
    expect(menu().top).toEqual(['ファイル(&F)', '編集(&E)', '表示(&V)', '移動(&G)', 'ヘルプ(&H)'])
    expect(menu({ language: 'en' }).top).toEqual(['&File', '&Edit', '&View', '&Go', '&Help'])
  })

  it('is there in every language, with different words', () => {
    const files = LANGUAGES.map((language) => menu({ language }).top)
    for (const top of files) expect(top).toHaveLength(5)
    expect(new Set(files.map(([file]) => file)).size).toBeGreaterThan(6)
  })

  it('has the menu of the program on macOS, with what belongs there', () => {
    const { top, all } = menu({ platform: 'darwin' })
    expect(top).toEqual([
      '在留申請オンラインシステム',
      'ファイル(&F)',
      '編集(&E)',
      '表示(&V)',
      '移動(&G)',
      'ウインドウ',
      'ヘルプ(&H)',
    ])
    expect(roles(all)).toEqual(expect.arrayContaining(['services', 'hide', 'hideOthers', 'unhide', 'quit', 'minimize']))
    expect(all.filter(({ role }) => role === 'quit')).toHaveLength(1)
  })

  it.each(['darwin', 'win32', 'linux'] as const)('edits by the system on %s', (platform) => {
    const { all } = menu({ platform })
    expect(roles(all)).toEqual(expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll']))
  })

  it.each(['darwin', 'win32', 'linux'] as const)('gives no two items the same keys on %s', (platform) => {
    const found = keys(menu({ platform, packaged: false }).all)
    expect(found).toEqual([...new Set(found)])
  })

  it('offers the tools of developers only where the program runs from its sources', () => {
    expect(roles(menu({ packaged: true }).all)).not.toContain('toggleDevTools')
    expect(roles(menu({ packaged: false }).all)).toContain('toggleDevTools')
  })

  it('has words for everything that is seen', () => {
    const seen = menu({ platform: 'darwin', packaged: false }).all.filter(
      ({ type, visible }) => !type && visible !== false,
    )
    for (const { label } of seen) expect(Object.values(ja)).toContain(label)
  })

  it.each([
    { label: '印刷…', keys: 'CmdOrCtrl+P', does: 'print' },
    { label: '設定…', keys: 'CmdOrCtrl+,', does: '/settings' },
    { label: '拡大', keys: 'CmdOrCtrl+Plus', does: 'in' },
    { label: '縮小', keys: 'CmdOrCtrl+-', does: 'out' },
    { label: '実際のサイズ', keys: 'CmdOrCtrl+0', does: 'reset' },
    { label: '戻る', keys: 'Alt+Left', does: 'back' },
    { label: '進む', keys: 'Alt+Right', does: 'forward' },
    { label: 'ホーム', keys: 'Alt+Home', does: 'home' },
    { label: '証明書の確認', keys: undefined, does: '/verify' },
    { label: 'お問い合わせ先', keys: undefined, does: '/contact' },
    { label: 'このプログラムについて', keys: undefined, does: '/about' },
  ])('$label ($keys)', ({ label, keys: accelerator, does }) => {
    const { item, choose } = menu()
    expect(item(label).accelerator).toBe(accelerator)
    expect(choose(label)).toBe(does)
  })

  it.each([
    { accelerator: 'CmdOrCtrl+=', does: 'in' },
    { accelerator: 'CmdOrCtrl+numadd', does: 'in' },
    { accelerator: 'CmdOrCtrl+numsub', does: 'out' },
    { accelerator: 'CmdOrCtrl+num0', does: 'reset' },
  ])('knows $accelerator, too', ({ accelerator, does }) => {
    expect(menu().choose(accelerator)).toBe(does)
  })
})

describe('the words of the shell', () => {
  it('fill their places', () => {
    expect(desktopText('en', 'desktop.external.phone', { place: '03-1234-5678' })).toBe('Call 03-1234-5678?')
  })
})
