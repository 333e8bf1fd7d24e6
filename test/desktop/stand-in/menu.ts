import type { MenuItemConstructorOptions } from 'electron'
import { app } from './app'

/** An item that can be clicked; of the roles, only those that end or reload something do what they say. */
class MenuItem {
  readonly label: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | undefined
  readonly visible: boolean
  readonly submenu: { items: MenuItem[] } | undefined
  readonly click: () => void

  constructor({ label = '', role, type, accelerator, visible = true, submenu, click }: MenuItemConstructorOptions) {
    this.label = label
    this.role = role?.toLowerCase()
    this.type = type ?? (submenu ? 'submenu' : 'normal')
    this.accelerator = accelerator ? String(accelerator) : undefined
    this.visible = visible
    this.submenu = Array.isArray(submenu) ? { items: submenu.map((each) => new MenuItem(each)) } : undefined
    this.click = () => {
      if (click) (click as () => void)()
      else this.#act()
    }
  }

  #act(): void {
    if (this.role === 'quit') app.quit()
    else if (this.role === 'close') for (const window of app.windows) window.close()
    else throw new Error(`The stand-in does not imitate the role ${this.role}`)
  }
}

let current: { items: MenuItem[] } | null = null

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({
    items: template.map((each) => new MenuItem(each)),
  }),
  setApplicationMenu(menu: typeof current): void {
    current = menu
  },
  getApplicationMenu: () => current,
}
