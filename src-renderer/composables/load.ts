import { type Ref, ref, shallowRef, type WatchSource, watch } from 'vue'
import { ApiProblem, isSignedOut } from '../api/problem'

export interface Loaded<Data> {
  data: Ref<Data | null>
  problem: Ref<ApiProblem | null>
  loading: Ref<boolean>
  reload(): Promise<void>
}

/**
 * What a screen shows from the service: loaded at once, and again whenever `again` changes. The old data stays while new
 * data is on its way, and an answer that was overtaken by a later question is dropped.
 */
export function useLoad<Data>(load: () => Promise<Data>, options: { again?: WatchSource } = {}): Loaded<Data> {
  const data = shallowRef<Data | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  let latest = 0

  async function reload(): Promise<void> {
    const mine = ++latest
    loading.value = true
    try {
      const loaded = await load()
      if (mine !== latest) return
      data.value = loaded
      problem.value = null
    } catch (thrown) {
      if (mine !== latest) return
      if (!(thrown instanceof ApiProblem)) throw thrown
      // The way to the login is already being taken; the screen need not say so.
      if (!isSignedOut(thrown)) problem.value = thrown
    } finally {
      if (mine === latest) loading.value = false
    }
  }

  if (options.again) watch(options.again, reload)
  void reload()
  return { data, problem, loading, reload }
}
