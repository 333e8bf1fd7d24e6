import type * as Electron from 'electron'

/** An item of the program's menu, as a person finds it. */
export interface FoundItem {
  label: string
  role?: string
  accelerator?: string
  visible: boolean
  submenu?: FoundItem[]
}

/** The window as the system holds it; bounds are those when it is not maximised. */
export interface FoundWindow {
  bounds: { x: number; y: number; width: number; height: number }
  maximized: boolean
  /** In percent. */
  zoom: number
}

/** A box of the system that was shown: where to save, or what went wrong. */
export interface FoundBox {
  kind: 'save' | 'message'
  text: string
  detail?: string
}

/** A question that was shown before something is opened outside of the program. */
export interface FoundQuestion {
  message: string
  detail: string
  buttons: string[]
  /** What Enter and Escape choose. */
  usual: string | undefined
}

/** What a person does with the parts of the program that are not the page: menu, window, boxes of the system. */
export interface Hand {
  menu(): FoundItem[]
  /** Chooses an item by the words on the way to it. */
  choose(...labels: string[]): void
  window(): FoundWindow | null
  place(bounds: Partial<FoundWindow['bounds']>): void
  maximize(): void
  minimize(): void
  isMinimized(): boolean
  /** From now on the reader saves there; null: cancels. */
  saveAt(path: string | null): void
  boxes(): FoundBox[]
  /** From now on the reader presses the button with this number when a link leads out of the program; nothing is handed to the system. */
  answerQuestions(button: number): void
  questions(): FoundQuestion[]
  /** What would have been handed to the system. */
  opened(): string[]
  /** From now on printing ends like this, and is counted. */
  printer(outcome: 'prints' | 'canceled' | 'fails'): void
  printed(): number
  checksSpelling(): boolean
  /** What the system tells the program on macOS. */
  tell(event: 'activate'): void
  openLink(link: string): void
  /** What was shown, opened and printed so far is no longer told. */
  forget(): void
}

export type HandCall = { [Verb in keyof Hand]: { verb: Verb; args: Parameters<Hand[Verb]> } }[keyof Hand]

/**
 * Does one thing by Electron's own interface. It is the same for Electron, to which it is sent as its source, and for the
 * stand-in, and may therefore refer to nothing outside of itself.
 */
export function byHand(electron: typeof Electron, { verb, args }: HandCall): unknown {
  const { app, BrowserWindow, dialog, Menu, session, shell } = electron
  interface Seen {
    boxes: FoundBox[]
    printed: number
    questions: FoundQuestion[]
    opened: string[]
  }
  const held = globalThis as unknown as { hand?: Seen }
  const seen = (held.hand ??= { boxes: [], printed: 0, questions: [], opened: [] })
  const window = BrowserWindow.getAllWindows()[0]
  const found = (items: Electron.MenuItem[]): FoundItem[] =>
    items
      .filter(({ type }) => type !== 'separator')
      .map(({ label, role, accelerator, visible, submenu }) => ({
        label,
        visible,
        ...(role && { role }),
        ...(accelerator && { accelerator: String(accelerator) }),
        ...(submenu && { submenu: found(submenu.items) }),
      }))
  const hand: Hand = {
    menu: () => found(Menu.getApplicationMenu()?.items ?? []),
    choose(...labels) {
      let items = Menu.getApplicationMenu()?.items ?? []
      let item: Electron.MenuItem | undefined
      for (const label of labels) {
        item = items.find((each) => each.label === label)
        items = item?.submenu?.items ?? []
      }
      if (!item) throw new Error(`The menu has no ${labels.join(' > ')}`)
      item.click()
    },
    window: () =>
      window
        ? {
            bounds: window.getNormalBounds(),
            maximized: window.isMaximized(),
            zoom: Math.round(window.webContents.getZoomFactor() * 100),
          }
        : null,
    place: (bounds) => window?.setBounds(bounds),
    maximize: () => window?.maximize(),
    minimize: () => window?.minimize(),
    isMinimized: () => window?.isMinimized() ?? false,
    saveAt(path) {
      dialog.showSaveDialog = (_window: unknown, options: Electron.SaveDialogOptions = {}) => {
        seen.boxes.push({ kind: 'save', text: options.defaultPath ?? '' })
        return Promise.resolve({ canceled: path === null, filePath: path ?? '' })
      }
      dialog.showMessageBox = (_window: unknown, { message, detail }: Partial<Electron.MessageBoxOptions> = {}) => {
        seen.boxes.push({ kind: 'message', text: message ?? '', ...(detail && { detail }) })
        return Promise.resolve({ response: 0, checkboxChecked: false })
      }
    },
    boxes: () => seen.boxes,
    answerQuestions(button) {
      dialog.showMessageBox = (...given: unknown[]) => {
        const { message, detail = '', buttons = [], defaultId, cancelId } = given.at(-1) as Electron.MessageBoxOptions
        const usual = defaultId === cancelId ? buttons[defaultId ?? 0] : undefined
        seen.questions.push({ message, detail, buttons, usual })
        return Promise.resolve({ response: button, checkboxChecked: false })
      }
      shell.openExternal = (href) => {
        seen.opened.push(href)
        return Promise.resolve()
      }
    },
    questions: () => seen.questions,
    opened: () => seen.opened,
    printer(outcome) {
      hand.saveAt(null)
      if (!window) return
      window.webContents.print = (_options, answer) => {
        seen.printed += 1
        answer?.(outcome === 'prints', outcome === 'fails' ? 'Print job failed' : 'Print job canceled')
      }
    },
    printed: () => seen.printed,
    checksSpelling: () => session.defaultSession.isSpellCheckerEnabled(),
    tell: (event) => void app.emit(event, {}, false),
    forget: () => void (held.hand = { boxes: [], printed: 0, questions: [], opened: [] }),
    openLink: (link) => void app.emit('open-url', { preventDefault: () => undefined }, link),
  }
  return (hand[verb] as (...given: unknown[]) => unknown)(...args) ?? null
}
