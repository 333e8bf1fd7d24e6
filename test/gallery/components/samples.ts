import * as z from 'zod/mini'
import type { FieldProblem } from '#contract/http/problem'
import type { ShellBridge } from '#contract/ipc/ipc'
import type { KioskLeaveReply } from '#domain/kiosk'
import type { ApiProblem } from '../../../src-renderer/api/problem'
import { type Form, useForm } from '../../../src-renderer/composables/form/form'
import { useKiosk } from '../../../src-renderer/stores/kiosk/kiosk'
import { useSession } from '../../../src-renderer/stores/session/session'
import { useStaffSession } from '../../../src-renderer/stores/session/staff-session'

/** 2026年11月22日 15時57分 in Tokyo: what time it is in every state, and stays. */
export const NOW = '2026-11-22T06:57:00.000Z'
export const inMinutes = (minutes: number): string => new Date(Date.parse(NOW) + minutes * 60_000).toISOString()

export const USER_ID = 'K7RM2XQ9PA'
export const EMAIL = 'nguyen.van.an@example.jp'
export const CERTIFICATE = '在1番Y25071798'
export const NAME = 'NGUYEN VAN AN'
export const LONG_NAME = 'MARIA DOLORES FERNANDEZ DE LA CRUZ GUTIERREZ VON HOHENZOLLERN-SIGMARINGEN'

/** Somebody is signed in, whose session still lasts so many minutes. */
export const signedIn =
  (name = NAME, minutes = 180) =>
  (): void => {
    useSession().current = {
      userId: USER_ID,
      name,
      previousLoginAt: '2026-11-20T01:12:00.000Z',
      deadline: inMinutes(minutes),
      recentUntil: inMinutes(10),
    }
  }

export const staffSignedIn =
  (role: 'clerk' | 'admin', name = '佐藤 花子', minutes = 15) =>
  (): void => {
    useStaffSession().current = {
      loginName: 'hanako',
      name,
      role,
      previousLoginAt: null,
      deadline: inMinutes(minutes),
    }
  }

/** A form with what is typed and what was found wrong with it. It is sent for ever. */
export function sampleForm(values: Record<string, string>, errors: FieldProblem[] = [], problem?: ApiProblem): Form {
  const form = useForm({
    schema: z.object({}),
    values,
    send: () => new Promise<never>(() => undefined),
    marks: { 'session.wrong': ['userId', 'password'] },
  })
  form.errors.value = errors
  form.problem.value = problem ?? null
  return form
}

/** Presses what a selector finds. */
export const press =
  (selector: string) =>
  (frame: ParentNode): void => {
    frame.querySelector<HTMLElement>(selector)?.click()
  }

/** The page is in a desktop shell that answers these calls; the shell's other calls are not there. */
function inShell(shell: Partial<ShellBridge>): void {
  window.zairyu = shell as ShellBridge
}

/** A kiosk that nobody has touched, so many seconds before all is erased; null: touched. */
export const counting = (seconds: number | null) => (): void => {
  const status = { phase: seconds === null ? 'fresh' : 'asking', left: (seconds ?? 30) * 1_000 } as const
  inShell({ onKioskChanged: () => () => undefined, kioskStatus: () => Promise.resolve(status) })
  useKiosk().follow()
}

/** A kiosk whose shell answers like this to the code that ends it. */
export const leavingBy = (answer: KioskLeaveReply) => (): void => {
  inShell({ leaveKiosk: () => Promise.resolve(answer) })
}
