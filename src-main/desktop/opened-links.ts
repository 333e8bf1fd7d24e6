/** The way of an opened link to the page: it waits until the page asks, and is pushed once the page listens. */
export interface OpenedLinks {
  /** A link was opened; `screen` is the path of a known screen. */
  open(screen: string): void
  /** The page listens from now on. Answers the screen that was waiting, once. */
  take(): string | null
  /** The page is being loaded anew and does not listen any more. */
  forgetListener(): void
}

/**
 * Loses no link between the start of the program and the moment when the page listens. Of several that wait, the last
 * one counts: it is what the reader clicked last. `push` tells the listening page.
 */
export function openedLinks(push: (screen: string) => void): OpenedLinks {
  let waiting: string | null = null
  let listening = false
  return {
    open(screen) {
      if (listening) push(screen)
      else waiting = screen
    },
    take() {
      listening = true
      const screen = waiting
      waiting = null
      return screen
    },
    forgetListener() {
      listening = false
    },
  }
}
