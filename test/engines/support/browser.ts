import { setTimeout as sleep } from 'node:timers/promises'
import { sheetsOf } from '../../support/paper'

/** What a driver of an engine can do; all else is done in the page, the same way in each. */
export interface Driver {
  goto(url: string): Promise<void>
  /** Runs a function in the page, with arguments and an answer that JSON can carry. */
  run(code: string, json: string): Promise<string>
  resize(width: number, height: number): Promise<void>
  /** A picture of the page, as PNG. */
  picture(): Promise<Buffer>
  /** The page on paper, as PDF; null where the engine cannot be told to print. */
  print(): Promise<Buffer | null>
  /** Ends the browser and all that was started for it. */
  close(): Promise<void>
}

/** How a browser is started: the languages of its reader, as its system calls them. */
export interface Wish {
  language?: string
}

/** Longer than anything takes on a machine under load. */
const PATIENCE_MS = 20_000

/** A window with a person before it. Names are those that a screen reader says. */
export class Window {
  readonly driver: Driver

  constructor(driver: Driver) {
    this.driver = driver
  }

  goto(url: string): Promise<void> {
    return this.driver.goto(url)
  }

  async ask<Args extends unknown[], Reply>(task: (...args: Args) => Reply, ...args: Args): Promise<Awaited<Reply>> {
    const code = `async (json) => JSON.stringify((await (${task.toString()})(...JSON.parse(json))) ?? null)`
    const answer = await this.driver.run(code, JSON.stringify(args))
    return JSON.parse(answer) as Awaited<Reply>
  }

  /** Waits until the page answers something true; while one page gives way to another nothing can be asked. */
  async until<Args extends unknown[]>(what: string, task: (...args: Args) => unknown, ...args: Args): Promise<void> {
    const end = performance.now() + PATIENCE_MS
    while (!(await this.ask(task, ...args).catch(() => false))) {
      if (performance.now() > end) throw new Error(`${what} did not come. The page reads: ${await this.reads()}`)
      await sleep(50)
    }
  }

  /** All that can be seen. */
  reads(): Promise<string> {
    return this.ask(() => document.body.innerText)
  }

  async heading(name: string): Promise<void> {
    await this.until(
      `The heading ${name}`,
      (wanted) => document.querySelector('h1')?.innerText.replace(/\s+/g, '').startsWith(wanted),
      name,
    )
  }

  /** Presses the last button or link of that name; which come first are in the header. */
  async press(name: string): Promise<void> {
    await this.until(
      `The button ${name}`,
      (wanted) => {
        const all = [...document.querySelectorAll<HTMLElement>('button, a[href]')]
        const found = all.filter((one) => one.checkVisibility() && one.innerText.trim() === wanted).pop()
        found?.click()
        return found !== undefined
      },
      name,
    )
  }

  /** Types into a field as a keyboard would; keys themselves come garbled through a screen that is none. */
  async fill(name: string, text: string): Promise<void> {
    await this.until(
      `The field ${name}`,
      (wanted, typed) => {
        const label = [...document.querySelectorAll('label')].find((one) => one.innerText.trim().startsWith(wanted))
        const field = label && (document.getElementById(label.htmlFor) as HTMLInputElement | null)
        if (!field) return false
        field.focus()
        field.select()
        document.execCommand('insertText', false, typed)
        return field.value === typed
      },
      name,
      text,
    )
  }

  /** Leaves the page for another one of the program, as by a link from outside: the program begins anew there. */
  async leaveFor(path: string, heading: string): Promise<void> {
    await this.ask(() => {
      Object.assign(window, { isLeft: true })
    })
    await this.ask((to) => {
      location.assign(to)
    }, path)
    await this.until(`The page ${path}`, (to) => !('isLeft' in window) && location.pathname === to, path)
    await this.heading(heading)
  }

  /** How many sheets of paper the page is; null where the engine cannot be told to print. */
  async sheets(): Promise<number | null> {
    const pdf = await this.driver.print()
    return pdf && sheetsOf(pdf)
  }
}
