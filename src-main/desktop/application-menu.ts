import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '#domain/language'
import { desktopText, type DesktopTextKey } from './desktop-texts'
import type { ZoomWish } from './zoom.rules'

/** What the items do that the system does not do by itself. */
export interface MenuActions {
  print(): void
  zoom(wish: ZoomWish): void
  go(where: 'back' | 'forward' | 'home'): void
  /** Shows a screen by its path; opens the window where it is closed. */
  show(path: string): void
}

export interface MenuParts {
  platform: NodeJS.Platform
  /** The tools of developers are there only where the program runs from its sources. */
  packaged: boolean
  language: Language
  actions: MenuActions
}

const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }
type Role = NonNullable<MenuItemConstructorOptions['role']>

/**
 * The menu of the program in the reader's language, with the shortcuts that the system's own programs have. What the system
 * can do is left to it by `role` (Edit works in every field, also by the keyboard); its words are ours, since Electron has
 * English ones alone.
 */
export function applicationMenu({ platform, packaged, language, actions }: MenuParts): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const t = (key: DesktopTextKey) => desktopText(language, key)
  const menu = (key: DesktopTextKey, submenu: MenuItemConstructorOptions[]) => ({ label: t(key), submenu })
  const own = (key: DesktopTextKey, click: () => void, accelerator?: string): MenuItemConstructorOptions => ({
    label: t(key),
    click,
    ...(accelerator !== undefined && { accelerator }),
  })
  const system = (key: DesktopTextKey, role: Role): MenuItemConstructorOptions => ({ label: t(key), role })
  /** Keys that mean the same as an item that is seen. */
  const keys = (click: () => void, ...accelerators: string[]): MenuItemConstructorOptions[] =>
    accelerators.map((accelerator) => ({ label: accelerator, visible: false, accelerator, click }))
  const zoom = (wish: ZoomWish) => () => {
    actions.zoom(wish)
  }
  const go = (where: Parameters<MenuActions['go']>[0]) => () => {
    actions.go(where)
  }
  const show = (path: string) => () => {
    actions.show(path)
  }

  const about = own('desktop.menu.help.about', show('/about'))
  const settings = own('desktop.menu.file.settings', show('/settings'), 'CmdOrCtrl+,')
  const program: MenuItemConstructorOptions = {
    label: t('desktop.program'),
    submenu: [
      about,
      SEPARATOR,
      settings,
      SEPARATOR,
      system('desktop.menu.program.services', 'services'),
      SEPARATOR,
      system('desktop.menu.program.hide', 'hide'),
      system('desktop.menu.program.hide-others', 'hideOthers'),
      system('desktop.menu.program.show-all', 'unhide'),
      SEPARATOR,
      system('desktop.menu.file.quit', 'quit'),
    ],
  }
  return [
    ...(mac ? [program] : []),
    menu('desktop.menu.file', [
      own('desktop.menu.file.print', actions.print, 'CmdOrCtrl+P'),
      ...(mac ? [] : [SEPARATOR, settings]),
      SEPARATOR,
      system('desktop.menu.file.close', 'close'),
      ...(mac ? [] : [system('desktop.menu.file.quit', 'quit')]),
    ]),
    menu('desktop.menu.edit', [
      system('desktop.menu.edit.undo', 'undo'),
      system('desktop.menu.edit.redo', 'redo'),
      SEPARATOR,
      system('desktop.menu.edit.cut', 'cut'),
      system('desktop.menu.edit.copy', 'copy'),
      system('desktop.menu.edit.paste', 'paste'),
      SEPARATOR,
      system('desktop.menu.edit.select-all', 'selectAll'),
    ]),
    menu('desktop.menu.view', [
      own('desktop.menu.view.zoom-in', zoom('in'), 'CmdOrCtrl+Plus'),
      // Without Shift, and on the keys of numbers.
      ...keys(zoom('in'), 'CmdOrCtrl+=', 'CmdOrCtrl+numadd'),
      own('desktop.menu.view.zoom-out', zoom('out'), 'CmdOrCtrl+-'),
      ...keys(zoom('out'), 'CmdOrCtrl+numsub'),
      own('desktop.menu.view.zoom-reset', zoom('reset'), 'CmdOrCtrl+0'),
      ...keys(zoom('reset'), 'CmdOrCtrl+num0'),
      SEPARATOR,
      system('desktop.menu.view.full-screen', 'togglefullscreen'),
      system('desktop.menu.view.reload', 'reload'),
      ...(packaged ? [] : [system('desktop.menu.view.developer-tools', 'toggleDevTools')]),
    ]),
    menu('desktop.menu.go', [
      own('desktop.menu.go.back', go('back'), mac ? 'Cmd+[' : 'Alt+Left'),
      own('desktop.menu.go.forward', go('forward'), mac ? 'Cmd+]' : 'Alt+Right'),
      own('desktop.menu.go.home', go('home'), mac ? 'Shift+Cmd+H' : 'Alt+Home'),
    ]),
    ...(mac
      ? [
          {
            ...menu('desktop.menu.window', [
              system('desktop.menu.window.minimize', 'minimize'),
              system('desktop.menu.window.zoom', 'zoom'),
              SEPARATOR,
              system('desktop.menu.window.front', 'front'),
            ]),
            role: 'window' as const,
          },
        ]
      : []),
    {
      ...menu('desktop.menu.help', [
        own('desktop.menu.help.verify', show('/verify')),
        own('desktop.menu.help.contact', show('/contact')),
        ...(mac ? [] : [SEPARATOR, about]),
      ]),
      role: 'help' as const,
    },
  ]
}
