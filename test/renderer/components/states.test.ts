import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { showLanguage } from '../../../src-renderer/i18n/text'
import ComponentState from '../../gallery/components/ComponentState.vue'
import { DESCRIBED } from '../../gallery/components/described'
import StatesOf from '../../gallery/components/StatesOf.vue'
import { texts } from '../../gallery/components/texts'
import { withoutService } from '../../gallery/components/without-service'

const COMPONENTS = Object.keys(import.meta.glob('../../../src-renderer/components/*/*.vue'))
  .map((path) => path.split('/').slice(-2).join('/').replace('.vue', ''))
  .toSorted()

// Other windows are not of this test: neither tabs nor the frames of the page.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, {
  handleDisabledFileLoadingAsSuccess: true,
})

async function show(of: (typeof DESCRIBED)[number], state: string | null) {
  const page = mount(StatesOf, {
    attachTo: document.body,
    props: { of, state },
    global: { plugins: [createPinia(), texts] },
  })
  await vi.waitFor(() => {
    expect(document.querySelector('article[aria-busy]')).toBeNull()
  })
  await flushPromises()
  return page
}

beforeAll(async () => {
  withoutService()
  await showLanguage(texts, 'ja', { readings: true, easy: false })
})
afterEach(() => {
  Reflect.deleteProperty(window, 'zairyu')
  delete document.documentElement.dataset['kiosk']
  vi.restoreAllMocks()
})

describe('every component', () => {
  it('is shown in its states on the page of components, and nothing else is', () => {
    expect(DESCRIBED.map(({ folder, name }) => `${folder}/${name}`).toSorted()).toEqual(COMPONENTS)
  })

  it.each(DESCRIBED.map((of) => ({ name: of.name, of })))('$name is drawn without a warning', async ({ name, of }) => {
    const warn = vi.spyOn(console, 'warn')
    const error = vi.spyOn(console, 'error')
    const page = await show(of, null)
    const states = page.findAllComponents(ComponentState).map((state) => state.props())
    const names = states.map((state) => state.name)
    page.unmount()
    for (const state of states.filter(({ alone }) => alone)) (await show(of, state.name)).unmount()
    expect(names, `states of ${name}`).not.toEqual([])
    expect(new Set(names).size).toBe(names.length)
    expect([...warn.mock.calls, ...error.mock.calls].map((call) => call.map(String).join(' '))).toEqual([])
  })
})
