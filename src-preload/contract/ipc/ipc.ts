import * as z from 'zod/mini'
import { type CrashReport, crashReport } from '../http/crash-report'
import { type FileOutcome, handedFile, type HandedFile } from './handed-file'
import { kioskCodeTry, type KioskLeaveReply, type KioskStatus } from '../../domain/kiosk'
import { languageSchema, type Language } from '../../domain/language'
import type { SessionStatus } from '../../domain/session-deadline'
import type { ShellFailure } from './shell-failure'

/** What the reader decides about the desktop shell on this machine. */
export const shellSettings = z.object({
  /** Whoever closes the window is logged out. Off: the session lasts until its deadline. */
  logoutOnClose: z.boolean(),
})
export type ShellSettings = z.infer<typeof shellSettings>

/** What the page may ask of the desktop shell, and how each argument list is read. The shell of the browser has none of it. */
export const ipcArguments = {
  'crash:report': z.tuple([crashReport]),
  'file:save': z.tuple([handedFile]),
  'kiosk:continue': z.tuple([]),
  'kiosk:finish': z.tuple([]),
  'kiosk:leave': z.tuple([kioskCodeTry]),
  'kiosk:status': z.tuple([]),
  /** Called once by the page when it listens; answers the link with which the program was opened, if any. */
  'link:take': z.tuple([]),
  'session:extend': z.tuple([]),
  'session:status': z.tuple([]),
  'shell:about': z.tuple([]),
  'shell:change-settings': z.tuple([shellSettings]),
  'shell:language': z.tuple([languageSchema]),
  'shell:settings': z.tuple([]),
  'shell:failure': z.tuple([]),
  'shell:restart': z.tuple([]),
  'support:make': z.tuple([]),
} as const

export interface ShellAbout {
  shell: 'desktop'
  version: string
  training: boolean
  /** A shared machine at the counter: it has no settings of a reader. */
  kiosk: boolean
  /** Versions of what the program runs on. */
  engines: { electron: string; chromium: string; node: string }
}

export interface IpcCalls {
  /** An error of the page, kept on this machine; above a limit it is passed over. */
  'crash:report': (report: CrashReport) => void
  /** Asks the reader where the file goes, puts it there and answers what became of it; rejected (`file.none`) in a kiosk. */
  'file:save': (file: HandedFile) => FileOutcome
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
  /** Rejected (`settings.not-kept`) when the next start will not know it. A kiosk has no settings (`settings.none`). */
  'shell:change-settings': (settings: ShellSettings) => void
  /** The page is shown in this language: menus and boxes follow. */
  'shell:language': (language: Language) => void
  /** `staysLoggedIn`: the system has a keychain, so that a session can outlive the program. */
  'shell:settings': () => ShellSettings & { staysLoggedIn: boolean }
  /** What is wrong with the shell, for the page to show; what is over is told once. */
  'shell:failure': () => ShellFailure | null
  /** The program ends and starts again. */
  'shell:restart': () => void
  /** The support file, for the page to show and to save; rejected (`support.none`) in a kiosk. */
  'support:make': () => string
}

export interface IpcEvents {
  /** DESIGN §3: what the timer of the kiosk found: at each change, and each second of the countdown. */
  'kiosk:changed': KioskStatus
  /** A link of a mail was opened while the program runs, or a screen was chosen in the menu: its path, like `/register/TOKEN`. */
  'link:opened': string
  /** M2.6: what the timer of the main process found: at each change, and at least once a minute while somebody is signed in. */
  'session:changed': SessionStatus
  /** Something went wrong in the shell itself. */
  'shell:failed': ShellFailure
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
  changeSettings: Call<'shell:change-settings'>
  settings: Call<'shell:settings'>
  tellLanguage: Call<'shell:language'>
  onLinkOpened: Subscription<'link:opened'>
  kioskStatus: Call<'kiosk:status'>
  continueKiosk: Call<'kiosk:continue'>
  finishKiosk: Call<'kiosk:finish'>
  leaveKiosk: Call<'kiosk:leave'>
  onKioskChanged: Subscription<'kiosk:changed'>
  sessionStatus: Call<'session:status'>
  extendSession: Call<'session:extend'>
  onSessionChanged: Subscription<'session:changed'>
  saveFile: Call<'file:save'>
  reportCrash: Call<'crash:report'>
  failure: Call<'shell:failure'>
  onFailed: Subscription<'shell:failed'>
  restart: Call<'shell:restart'>
  makeSupportFile: Call<'support:make'>
}
