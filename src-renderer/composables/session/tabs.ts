import { onScopeDispose } from 'vue'
import { remember } from '../../stores/storage'

/** What the tabs of one browser tell each other. No secrets: times only. */
export type TabMessage =
  /** Until when the session lasts, as this tab has just learned; null: nobody is signed in any more. */
  | { kind: 'deadline'; deadline: string | null }
  /** M2.6: the reader has answered キャンセル for this deadline. */
  | { kind: 'declined'; deadline: string }

const NAME = 'tabs'

/** Null where there is none, or where it is refused together with the storage. */
function openChannel(): BroadcastChannel | null {
  try {
    return new BroadcastChannel(`zairyu.${NAME}`)
  } catch {
    return null
  }
}

/**
 * Connects the tabs of a browser for as long as the calling scope lives: what is said in one is heard in all others. Over
 * BroadcastChannel, and where there is none by what is written into the storage.
 */
export function useTabs(hear: (message: TabMessage) => void): (message: TabMessage) => void {
  const channel = openChannel()
  if (channel) {
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
      hear(data)
    }
    onScopeDispose(() => {
      channel.close()
    })
    return (message) => {
      channel.postMessage(message)
    }
  }
  const read = ({ key, newValue }: StorageEvent) => {
    if (key === `zairyu.${NAME}` && newValue !== null) hear(JSON.parse(newValue) as TabMessage)
  }
  addEventListener('storage', read)
  onScopeDispose(() => {
    removeEventListener('storage', read)
  })
  return (message) => {
    remember('local', NAME, JSON.stringify(message))
    // Nothing stays behind, and the same words can be said again.
    remember('local', NAME, null)
  }
}
