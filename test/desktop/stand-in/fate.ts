import { app } from './app'

/** What befalls the program from outside of its page; the test says it (`befall` in `support/launch.ts`). */
export type Fate = 'quit' | 'close' | 'crash' | 'hang' | { seconds: number }

export function suffer(fate: Fate): void {
  const window = [...app.windows].at(-1)
  if (typeof fate === 'object') pass(fate.seconds)
  else if (fate === 'quit') app.quit()
  else if (fate === 'close') window?.close()
  else if (fate === 'hang') window?.emit('unresponsive')
  else window?.webContents.ask('Page.crash').catch(() => undefined)
}

/** Running time leaps; timers follow when they look next. */
function pass(seconds: number): void {
  const now = performance.now.bind(performance)
  performance.now = () => now() + seconds * 1_000
}
