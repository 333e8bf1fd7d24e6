import { effectScope, type Reactive, reactive, ref, watch } from 'vue'
import { useService } from '../stores/service'
import { remember, remembered } from '../stores/storage'

export interface Draft<Values> {
  values: Reactive<Values>
  /** When the draft was last kept (instant), or null. */
  savedAt: Readonly<{ value: string | null }>
  /** The task is done: nothing typed is kept any longer. */
  forget(): void
}

const drafts = new Map<string, Draft<Record<string, string>>>()

function storedDraft(key: string): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(remembered('session', `draft.${key}`) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, string>) : {}
  } catch {
    return {}
  }
}

/**
 * What is typed into a form, kept while this window is open: over Back, other screens, an expired session and a reload.
 * Fields named in `secret` are kept in memory only, never in the browser's storage.
 */
export function useDraft<Values extends Record<string, string>>(
  key: string,
  initial: Values,
  options: { secret?: (keyof Values & string)[] } = {},
): Draft<Values> {
  const known = drafts.get(key)
  if (known) return known as unknown as Draft<Values>

  const stored = storedDraft(key)
  const start: Record<string, string> = { ...initial }
  for (const [name, value] of Object.entries(stored))
    if (name in start && typeof value === 'string') start[name] = value
  const values = reactive(start)
  const savedAt = ref<string | null>(null)
  const service = useService()
  const secret = new Set<string>(options.secret)

  // Kept longer than the screen that asked for it.
  const keeping = effectScope(true)
  keeping.run(() =>
    watch(values, () => {
      const open = Object.entries(values).filter(([name]) => !secret.has(name))
      remember('session', `draft.${key}`, JSON.stringify(Object.fromEntries(open)))
      savedAt.value = service.now()
    }),
  )
  const draft: Draft<Record<string, string>> = {
    values,
    savedAt,
    forget: () => {
      keeping.stop()
      drafts.delete(key)
      remember('session', `draft.${key}`, null)
    },
  }
  drafts.set(key, draft)
  return draft as unknown as Draft<Values>
}
