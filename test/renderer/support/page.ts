import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeAll, expect, vi } from 'vitest'
import { type App as VueApp, createApp } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import type { Language } from '#domain/language'
import { watchCalls } from '../../../src-renderer/api/call'
import App from '../../../src-renderer/App.vue'
import { markFirstPaint } from '../../../src-renderer/composables/later'
import { createTexts, showLanguage } from '../../../src-renderer/i18n/text'
import { createScreens } from '../../../src-renderer/router/router'
import { routes } from '../../../src-renderer/router/routes'
import { catchErrors } from '../../../src-renderer/start/catch-errors'
import { watchReturn } from '../../../src-renderer/start/page-return'
import { useDrafts } from '../../../src-renderer/stores/drafts/drafts'
import { browserClock, type PageClock, pageClock } from '../../../src-renderer/stores/page-clock'
import { usePreferences } from '../../../src-renderer/stores/preferences'
import { useService } from '../../../src-renderer/stores/service'
import { useSession } from '../../../src-renderer/stores/session/session'

// Other files are tested in the same process: their pages are no tabs of this browser.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
/** The program as it is open now; a page that was replaced would leave its dialogs behind. */
let shown: { unmount(): void } | null = null
let ignoreErrors: (() => void) | null = null
let ignoreReturn: (() => void) | null = null
function closeWindow(): void {
  shown?.unmount()
  shown = null
  ignoreErrors?.()
  ignoreErrors = null
  ignoreReturn?.()
  ignoreReturn = null
}
afterEach(closeWindow)
/** Screens are loaded when they are opened; here they are there already, so that a move takes no time. */
beforeAll(() =>
  Promise.all(routes.map(({ component }) => typeof component === 'function' && (component as () => unknown)())),
)

/** The page as a reader meets it: what can be read, pressed and typed, by the names that a screen reader says. */
export class Page {
  readonly router: Router

  constructor(router: Router) {
    this.router = router
  }

  get main(): HTMLElement {
    return document.querySelector('main') as HTMLElement
  }
  get heading(): string {
    return text(document.querySelector('h1'))
  }
  get path(): string {
    return this.router.currentRoute.value.fullPath
  }
  get summary(): HTMLElement | null {
    return document.querySelector('.summary')
  }
  /** The lines of the error summary that lead to fields. */
  get mistakes(): string[] {
    return [...(this.summary?.querySelectorAll('li') ?? [])].map(text)
  }
  get dialog(): HTMLElement | null {
    return document.querySelector('[role=dialog]')
  }

  reads(part: string): boolean {
    return text(document.body).includes(part)
  }

  field(label: string): HTMLInputElement {
    const field = [...document.querySelectorAll('label')].find((one) => nameOf(one) === label)
    const control = field && document.getElementById(field.htmlFor)
    if (!control) throw new Error(`no field ${label}`)
    return control as HTMLInputElement
  }
  hasField(label: string): boolean {
    return [...document.querySelectorAll('label, legend')].some((one) => nameOf(one) === label)
  }
  async type(label: string, value: string): Promise<void> {
    const field = this.field(label)
    field.value = value
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.dispatchEvent(new Event('blur'))
    await flushPromises()
  }
  async choose(label: string): Promise<void> {
    const radio = [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')].find((one) =>
      text(one.closest('label')).startsWith(label),
    )
    if (!radio) throw new Error(`no choice ${label}`)
    radio.checked = true
    radio.dispatchEvent(new Event('change', { bubbles: true }))
    await flushPromises()
  }
  control(name: string, within: ParentNode = document): HTMLElement {
    const found = [...within.querySelectorAll<HTMLElement>('button, a[href]')].filter((one) => nameOf(one) === name)
    const last = found.at(-1)
    if (!last) throw new Error(`nothing called ${name} to press`)
    return last
  }
  /** Presses what has this accessible name; a submit button sends its form. */
  async press(name: string, within?: ParentNode): Promise<void> {
    const control = this.control(name, within ?? this.main)
    control.focus()
    control.click()
    await settle()
  }
  async speak(language: Language): Promise<void> {
    usePreferences().chooseLanguage(language)
    await expect.poll(() => document.documentElement.lang).toBe(language)
    await settle()
  }
}

/** What a page keeps in memory, on a clock that the test may move. The stores can be used at once, as in `main.ts`. */
export function storesOn(clock: PageClock = browserClock) {
  const pinia = createPinia()
  createApp({}).use(pageClock(clock)).use(pinia)
  return pinia
}

/** Opens a screen of the program by its address, in a fresh window: nothing but storage is left of the one before. */
export async function open(path: string, language: Language = 'ja'): Promise<Page> {
  closeWindow()
  localStorage.setItem('zairyu.language', language)
  const texts = createTexts()
  const pinia = storesOn()
  const router = createScreens(createMemoryHistory())
  setActivePinia(pinia)
  watchCalls({
    reached: (reachable) => (useService().reachable = reachable),
    sessionEnded: () => useSession().ended(),
  })
  await useService().load()
  await showLanguage(texts, language, usePreferences())
  const root = document.createElement('div')
  document.body.replaceChildren(root)
  await router.push(path)
  shown = mount(App, {
    attachTo: root,
    global: {
      plugins: [
        pageClock(browserClock),
        pinia,
        texts,
        router,
        (app: VueApp) => (ignoreErrors = catchErrors(app, router, () => undefined)),
      ],
    },
  })
  ignoreReturn = watchReturn(router)
  markFirstPaint()
  await settle()
  return new Page(router)
}

/** Lets everything come that is on its way: answers, screens that are loaded when needed, focus. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await vi.dynamicImportSettled()
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve))
    await useDrafts().settled()
  }
}

export function text(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** The accessible name: aria-label, else the text without what is hidden from screen readers. */
function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label
  const copy = element.cloneNode(true) as Element
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return text(copy)
}
