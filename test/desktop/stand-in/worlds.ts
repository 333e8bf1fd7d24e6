/**
 * What runs in the page: `pageWorld` is the page's side of the context bridge, `preloadWorld` the preload's. The two worlds share
 * only the document, so they talk by events on it that carry text, at once; functions travel as numbers. Both are
 * sent to Chromium as their source and may refer to nothing outside of themselves.
 */

/** A value on its way: itself, or the number of a function or promise that stays where it is. */
interface Sent {
  plain?: unknown
  call?: number
  promise?: number
}
type Fn = (...args: unknown[]) => unknown
type Module = Record<string, unknown>

/** Makes what the preload exposes appear in the page's world, and windows open only where the program allows them. */
export function pageWorld(toPreload: string, toPage: string, mayOpenWindows: boolean): void {
  if (!mayOpenWindows) {
    window.open = () => null
    const refuse = (event: Event) => {
      if ((event.target as Element).closest('[target="_blank"]')) event.preventDefault()
    }
    window.addEventListener('click', refuse, true)
  }
  const functions: Fn[] = []
  const promises = new Map<number, PromiseWithResolvers<unknown>>()
  let answer: { value?: Sent; threw?: string } = {}
  const callPreload =
    (call: number): Fn =>
    (...args) => {
      const sent = args.map((each): Sent =>
        typeof each === 'function' ? { call: functions.push(each as Fn) - 1 } : { plain: each },
      )
      window.dispatchEvent(new CustomEvent(toPreload, { detail: JSON.stringify({ call, args: sent }) }))
      if (answer.threw !== undefined) throw new Error(answer.threw)
      return received(answer.value)
    }
  const received = (value: Sent = {}) => {
    if (value.call !== undefined) return callPreload(value.call)
    if (value.promise === undefined) return value.plain
    const promise = Promise.withResolvers<unknown>()
    promises.set(value.promise, promise)
    return promise.promise
  }
  const hear = {
    expose: ({ name, api }: { name: string; api: Record<string, Sent> }) => {
      const revived = Object.entries(api).map(([key, value]) => [key, received(value)])
      Object.defineProperty(window, name, { value: Object.freeze(Object.fromEntries(revived)) })
    },
    answer: (message: typeof answer) => {
      answer = message
    },
    settle: ({ promise, value, threw }: { promise: number; value?: unknown; threw?: string }) => {
      if (threw === undefined) promises.get(promise)?.resolve(value)
      else promises.get(promise)?.reject(new Error(threw))
      promises.delete(promise)
    },
    callBack: ({ call, args }: { call: number; args: unknown[] }) => functions[call]?.(...args),
  }
  window.addEventListener(toPage, (event) => {
    const { kind, ...message } = JSON.parse((event as CustomEvent<string>).detail) as { kind: keyof typeof hear }
    hear[kind](message as never)
  })
}

/** Runs the preload, of the top frame only, with what a sandboxed one may require of `electron`. */
export function preloadWorld(toPreload: string, toPage: string, preload: (require: Fn, module: Module) => void): void {
  if (window !== window.top) return
  const world = globalThis as unknown as Record<'standInAsk' | 'standInAnswer' | 'standInPush', Fn>
  const functions: Fn[] = []
  let promises = 0
  const say = (kind: string, message: object) =>
    window.dispatchEvent(new CustomEvent(toPage, { detail: JSON.stringify({ kind, ...message }) }))
  const sent = (value: unknown): Sent => {
    if (typeof value === 'function') return { call: functions.push(value as Fn) - 1 }
    if (!(value instanceof Promise)) return { plain: value }
    const promise = ++promises
    value.then(
      (result) => say('settle', { promise, value: result as unknown }),
      (error: unknown) => say('settle', { promise, threw: (error as Error).message }),
    )
    return { promise }
  }
  window.addEventListener(toPreload, (event) => {
    const { call, args } = JSON.parse((event as CustomEvent<string>).detail) as { call: number; args: Sent[] }
    try {
      const revived = args.map((each) =>
        each.call === undefined
          ? each.plain
          : (...given: unknown[]) => say('callBack', { call: each.call, args: given }),
      )
      say('answer', { value: sent(functions[call]?.(...revived)) })
    } catch (error) {
      say('answer', { threw: (error as Error).message })
    }
  })

  const asked = new Map<number, PromiseWithResolvers<unknown>>()
  let listeners: { channel: string; listener: Fn }[] = []
  let calls = 0
  const ipcRenderer = {
    invoke(channel: string, ...args: unknown[]) {
      const answer = Promise.withResolvers<unknown>()
      asked.set(++calls, answer)
      world.standInAsk(JSON.stringify({ call: calls, channel, args }))
      return answer.promise
    },
    on: (channel: string, listener: Fn) => void listeners.push({ channel, listener }),
    removeListener(channel: string, listener: Fn) {
      listeners = listeners.filter((each) => each.channel !== channel || each.listener !== listener)
    },
  }
  world.standInAnswer = (call, value, threw) => {
    if (threw === undefined) asked.get(call as number)?.resolve(value)
    else asked.get(call as number)?.reject(new Error(threw as string))
    asked.delete(call as number)
  }
  world.standInPush = (channel, args) => {
    for (const each of listeners) if (each.channel === channel) each.listener({}, ...(args as unknown[]))
  }
  const contextBridge = {
    exposeInMainWorld(name: string, api: object) {
      say('expose', { name, api: Object.fromEntries(Object.entries(api).map(([key, value]) => [key, sent(value)])) })
    },
  }
  const electron = { contextBridge, ipcRenderer }
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`module not found: ${String(name)}`)
      return electron
    },
    { exports: {} },
  )

  // Electron's `input-event`.
  const inputs = { mousedown: 'mouseDown', wheel: 'mouseWheel', keydown: 'rawKeyDown', touchstart: 'touchStart' }
  for (const [type, input] of [...Object.entries(inputs), ['mousemove', 'mouseMove']] as [string, string][])
    window.addEventListener(type, () => world.standInAsk(JSON.stringify({ input })), { capture: true, passive: true })

  // Electron's `did-change-theme-color`.
  let colour: string | null = null
  new MutationObserver(() => {
    const now = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]')?.content ?? null
    if (now === colour) return
    colour = now
    world.standInAsk(JSON.stringify({ colour }))
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['content'] })
}
