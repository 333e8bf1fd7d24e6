import { z } from 'zod'
import { kioskCodeTry, type KioskLeaveReply, type KioskStatus } from './kiosk'
import type { SessionStatus } from './session-deadline'

/** What the page may ask of the desktop shell, and how each argument list is read. The shell of the browser has none of it. */
export const ipcArguments = {
  'kiosk:continue': z.tuple([]),
  'kiosk:finish': z.tuple([]),
  'kiosk:leave': z.tuple([kioskCodeTry]),
  'kiosk:status': z.tuple([]),
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
  /** The answer 続ける to the countdown. The calls of the kiosk are refused (`kiosk.none`) where the program is none. */
  'kiosk:continue': () => void
  /** 終了して消去: everything of this visit is erased; the page goes with it. */
  'kiosk:finish': () => void
  /** Staff end the program by their code. */
  'kiosk:leave': (code: string) => KioskLeaveReply
  'kiosk:status': () => KioskStatus
  'link:take': () => string | null
  /** M2.6: 3 more hours. Rejected (`service.busy`) when the service cannot be reached; without a session the answer says so. */
  'session:extend': () => SessionStatus
  /** Asks the service again; never prolongs. Where it cannot be reached, what was known last. */
  'session:status': () => SessionStatus
  'shell:about': () => ShellAbout
}

export interface IpcEvents {
  /** DESIGN §3: what the timer of the kiosk found: at each change, and each second of the countdown. */
  'kiosk:changed': KioskStatus
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
  kioskStatus: Call<'kiosk:status'>
  continueKiosk: Call<'kiosk:continue'>
  finishKiosk: Call<'kiosk:finish'>
  leaveKiosk: Call<'kiosk:leave'>
  onKioskChanged: Subscription<'kiosk:changed'>
  sessionStatus: Call<'session:status'>
  extendSession: Call<'session:extend'>
  onSessionChanged: Subscription<'session:changed'>
}
