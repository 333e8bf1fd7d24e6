import type { ShellBridge } from '#contract/ipc/ipc'
import type { SessionStatus } from '#domain/session-deadline'
import { sessionApi } from '../../api/session'
import { useService } from '../../stores/service'
import { useSession } from '../../stores/session/session'
import { onAttention } from './attention'

/** Where the page learns until when the session lasts. The same in both shells. */
export interface DeadlineSource {
  /** Asks again; never prolongs. Where the service cannot be reached, what was known last. */
  status(): Promise<SessionStatus>
  /** 3 more hours (M2.6). Rejected when the service cannot be reached. */
  extend(): Promise<SessionStatus>
  /** Tells what was found without being asked, and when it is time to ask; answers its undo. */
  follow(tell: { found: (status: SessionStatus) => void; ask: () => void }): () => void
}

/** Desktop shell: the timer is in the main process, which notices sleep and moved clocks by itself. */
export function shellDeadline(shell: ShellBridge): DeadlineSource {
  return {
    status: () => shell.sessionStatus(),
    extend: () => shell.extendSession(),
    follow: ({ found }) => shell.onSessionChanged(found),
  }
}

/** Browser shell: over HTTP, whenever the reader comes back to the page or to the network, and once a minute in between. */
export function serviceDeadline(): DeadlineSource {
  const service = useService()
  const session = useSession()
  return {
    async status() {
      await Promise.all([service.load(), session.refresh()])
      return { deadline: session.current?.deadline ?? null, now: service.now() }
    },
    async extend() {
      const { deadline } = await sessionApi.extend()
      return { deadline, now: service.now() }
    },
    follow: ({ ask }) => onAttention(ask),
  }
}
