import { z } from 'zod'
import type { SessionStatus } from './session-deadline'

/** What the page may ask of the desktop shell, and how each argument list is read. The shell of the browser has none of it. */
export const ipcArguments = {
  /** Called once by the page when it listens; answers the link with which the program was opened, if any. */
  'link:take': z.tuple([]),
  'session:extend': z.tuple([]),
  'session:status': z.tuple([]),
  'shell:about': z.tuple([]),
} as const

export interface ShellAbout {
  shell: 'desktop'
  version: string
  training: boolean
}

export interface IpcCalls {
  'link:take': () => string | null
  /** M2.6: 3 more hours. Rejected (`service.busy`) when the service cannot be reached; without a session the answer says so. */
  'session:extend': () => SessionStatus
  /** Asks the service again; never prolongs. Where it cannot be reached, what was known last. */
  'session:status': () => SessionStatus
  'shell:about': () => ShellAbout
}

export interface IpcEvents {
  /** A link of a mail was opened while the program runs: the path of a screen, like `/register/TOKEN`. */
  'link:opened': string
  /** M2.6: what the timer of the main process found: at each change, and at least once a minute while somebody is signed in. */
  'session:changed': SessionStatus
}

export type IpcChannel = keyof IpcCalls

type Call<Channel extends IpcChannel> = (
  ...args: Parameters<IpcCalls[Channel]>
) => Promise<ReturnType<IpcCalls[Channel]>>
type Subscription<Event extends keyof IpcEvents> = (listener: (payload: IpcEvents[Event]) => void) => () => void

/** What the page finds as `window.zairyu` in the desktop shell, and not in the browser shell. Subscriptions answer their undo. */
export interface ShellBridge {
  takeLink: Call<'link:take'>
  about: Call<'shell:about'>
  onLinkOpened: Subscription<'link:opened'>
  sessionStatus: Call<'session:status'>
  extendSession: Call<'session:extend'>
  onSessionChanged: Subscription<'session:changed'>
}
