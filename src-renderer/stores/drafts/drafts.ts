import { defineStore } from 'pinia'
import { effectScope, nextTick, type Reactive, reactive, ref, type Ref, watch } from 'vue'
import { ApiProblem } from '../../api/problem'
import { sessionApi } from '../../api/session'
import { useService } from '../service'
import { useSession } from '../session/session'
import { remember, remembered } from '../storage'
import {
  bytesOfText,
  type DraftValues,
  type DraftVault,
  openVault,
  removeExpiredDrafts,
  textOfBytes,
} from './draft-vault'

/**
 * Who finds a draft again: whoever is signed in (on any visit), the holder of a mailed link (until the link ends), or, where
 * nobody is known yet, this window alone.
 */
export type DraftOwner = 'person' | 'window' | { link: string; until: string }

export interface Draft<Values> {
  values: Reactive<Values>
  /** When what is typed was last kept on the device (instant); null when it has not been since this window was opened. */
  savedAt: Readonly<Ref<string | null>>
  /** Whether what was kept has been looked for. Typing may begin earlier; what is typed wins. */
  opened: Readonly<Ref<boolean>>
  /** Whether something typed earlier came back from the device. */
  restored: Readonly<Ref<boolean>>
  /** Done when `opened`. */
  ready(): Promise<void>
  /** The task is done: nothing typed is kept any longer. */
  forget(): void
}

interface OpenDraft extends Draft<DraftValues> {
  /** Takes the draft out of memory; what is kept on the device stays. */
  close(): void
  /** Its owner has another key now: what is kept on the device is kept anew with that one. */
  rekey(): Promise<void>
}

/** Ours: long enough to come back after a holiday weekend. A link's draft ends with its link. */
const DAYS_KEPT = 7
const DAY_MS = 86_400_000

/** A secret of this window, gone when it is closed, so that nothing that it kept can be read afterwards. */
function windowSecret(): Uint8Array<ArrayBuffer> {
  const known = remembered('session', 'window-key')
  if (known !== null) return bytesOfText(known)
  const fresh = crypto.getRandomValues(new Uint8Array(32))
  remember('session', 'window-key', textOfBytes(fresh))
  return fresh
}

/**
 * Everything typed that is not sent yet: in memory, and encrypted on the device for its owner only. The key of a person comes
 * from the service and is never stored; when the session ends, key and drafts leave the memory.
 */
export const useDrafts = defineStore('drafts', () => {
  const service = useService()
  const session = useSession()
  const drafts = new Map<string, OpenDraft>()
  const vaults = new Map<string, Promise<DraftVault | null>>()
  const turns = new Map<string, Promise<void>>()

  const whoIs = (owner: DraftOwner) =>
    owner === 'window'
      ? 'window'
      : owner === 'person'
        ? `person:${session.current?.userId ?? ''}`
        : `link:${owner.link}`

  async function secretOf(owner: DraftOwner): Promise<Uint8Array<ArrayBuffer> | null> {
    if (owner === 'window') return windowSecret()
    if (owner !== 'person') return new TextEncoder().encode(owner.link)
    const userId = session.current?.userId
    if (userId === undefined) return null
    const { key } = await sessionApi.draftKey()
    // Somebody else may have signed in in another window meanwhile: nothing is locked up with his key.
    return (await sessionApi.read()).userId === userId ? bytesOfText(key) : null
  }

  function vaultOf(owner: DraftOwner): Promise<DraftVault | null> {
    const who = whoIs(owner)
    const known = vaults.get(who)
    if (known) return known
    const opening = secretOf(owner).then((secret) =>
      secret ? openVault(typeof owner === 'string' ? owner : 'link', secret) : null,
    )
    vaults.set(who, opening)
    // The next keystroke asks again.
    opening.catch(() => vaults.delete(who))
    return opening
  }

  const endOf = (owner: DraftOwner, now: string) =>
    typeof owner === 'object' ? owner.until : new Date(Date.parse(now) + DAYS_KEPT * DAY_MS).toISOString()

  /** What happens to one draft on the device happens in turn, also over forgetting it and beginning anew. */
  function inTurn(id: string, act: () => Promise<unknown>): Promise<void> {
    const next = (turns.get(id) ?? Promise.resolve()).then(act).then(() => undefined)
    turns.set(id, next)
    return next
  }

  function begin(id: string, name: string, initial: DraftValues, owner: DraftOwner, secret: string[]): OpenDraft {
    const values = reactive({ ...initial })
    const savedAt = ref<string | null>(null)
    const opened = ref(false)
    const restored = ref(false)
    const scope = effectScope(true)
    const toKeep = () => Object.fromEntries(Object.entries(values).filter(([field]) => !secret.includes(field)))
    const untouched = JSON.stringify(toKeep())
    let kept = untouched
    let forgotten = false
    let vault: DraftVault | null = null
    let looked = false

    function restore(found: DraftValues): void {
      kept = JSON.stringify(found)
      for (const [field, text] of Object.entries(found)) {
        const isOpen = field in initial && !secret.includes(field) && values[field] === initial[field]
        if (!isOpen || typeof text !== 'string' || text === values[field]) continue
        values[field] = text
        restored.value = true
      }
    }

    /** What was kept is always read before anything is kept over it. A key that did not come is asked for again next time. */
    async function look(): Promise<void> {
      try {
        if (looked) return
        vault = await vaultOf(owner)
        const found = await vault?.read(name, service.health ? service.now() : null)
        looked = true
        if (found && !forgotten) restore(found)
      } catch (thrown) {
        if (!(thrown instanceof ApiProblem)) throw thrown
      } finally {
        opened.value = true
      }
    }

    async function keep(): Promise<void> {
      await look()
      const typed = toKeep()
      const text = JSON.stringify(typed)
      if (forgotten || !vault || text === kept) return
      kept = text
      if (text === untouched) return vault.wipe(name)
      const now = service.now()
      if (await vault.keep(name, typed, endOf(owner, now))) savedAt.value = now
    }

    scope.run(() => watch(values, () => void inTurn(id, keep)))
    const opening = inTurn(id, look)

    return {
      values,
      savedAt,
      opened,
      restored,
      ready: () => opening,
      forget() {
        forgotten = true
        scope.stop()
        drafts.delete(id)
        void inTurn(id, async () => {
          await look()
          await vault?.wipe(name)
        })
      },
      close() {
        void inTurn(id, keep)
        scope.stop()
        drafts.delete(id)
      },
      rekey: () =>
        inTurn(id, async () => {
          await vault?.wipe(name)
          vault = null
          looked = false
          kept = untouched
          await keep()
        }),
    }
  }

  /** The draft of this name, the same one for every screen that asks. Fields in `secret` are never kept on the device. */
  function open(name: string, initial: DraftValues, owner: DraftOwner, secret: string[]): Draft<DraftValues> {
    const id = `${whoIs(owner)} ${name}`
    const draft = drafts.get(id) ?? begin(id, name, initial, owner, secret)
    drafts.set(id, draft)
    return draft
  }

  /**
   * The key of whoever is signed in has become another one, with their credentials: what is open of theirs is kept with the new one.
   * What is not open in this window can no longer be read.
   */
  async function rekey(): Promise<void> {
    const who = whoIs('person')
    vaults.delete(who)
    await Promise.all([...drafts].flatMap(([id, draft]) => (id.startsWith(`${who} `) ? [draft.rekey()] : [])))
  }

  /** Removes what has expired, whoever's it is; where it is not known what time it is, nothing is removed. */
  function tidy(): void {
    if (service.health) removeExpiredDrafts(service.now())
  }

  /** Another person may sit down here now: what is not a link holder's leaves the memory, what was this window's can no longer be read. */
  watch(
    () => session.current?.userId,
    (_, before) => {
      if (before === undefined) return
      for (const [id, draft] of drafts) {
        if (id.startsWith('link:')) continue
        if (id.startsWith('window')) draft.forget()
        else draft.close()
      }
      for (const who of vaults.keys()) if (!who.startsWith('link:')) vaults.delete(who)
      remember('session', 'window-key', null)
    },
    { flush: 'sync' },
  )

  /** Done when all that was typed so far is kept, wiped or found. */
  async function settled(): Promise<void> {
    await nextTick()
    await Promise.all(turns.values())
  }

  return { open, tidy, settled, rekey }
})
