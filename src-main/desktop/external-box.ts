import { BrowserWindow, dialog, shell, type MessageBoxOptions } from 'electron'
import type { Language } from '#domain/language'
import { desktopText } from './desktop-texts'
import { externalLinks } from './external-links'
import type { ExternalLink } from './external-links.rules'

const QUESTIONS = {
  page: 'desktop.external.page',
  mail: 'desktop.external.mail',
  phone: 'desktop.external.phone',
} as const

/** Longer addresses do not fit into a box; what matters, the host, is named before it. */
const SHOWN = 300

const short = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)

/** Leads out of the program after a question in the reader's language, whose first answer is no. */
export function leadOutAfterQuestion(language: () => Language): (address: string) => Promise<void> {
  const show = (options: MessageBoxOptions) => {
    const window = BrowserWindow.getFocusedWindow()
    return window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options)
  }
  return externalLinks({
    ask: async ({ kind, href, place }: ExternalLink) => {
      const say = (key: Parameters<typeof desktopText>[1], values = {}) => desktopText(language(), key, values)
      const { response } = await show({
        type: 'question',
        message: say(QUESTIONS[kind], { place }),
        detail: `${short(href)}\n\n${say('desktop.external.advice')}`,
        buttons: [say('desktop.external.open'), say('desktop.external.cancel')],
        defaultId: 1,
        cancelId: 1,
        noLink: true,
      })
      return response === 0
    },
    open: (href) => shell.openExternal(href),
    sayFailed: async ({ href }) => {
      const message = desktopText(language(), 'desktop.external.failed')
      await show({ type: 'error', message, detail: href })
    },
  })
}
