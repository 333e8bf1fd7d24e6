import { useDocumentVisibility, useTimeoutFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch } from 'vue'
import type * as z from 'zod/mini'
import type { testMailReply } from '#contract/http/account/my-page'
import { accountApi } from '../../api/account'
import { ApiProblem } from '../../api/problem'

export type TestMail = z.infer<typeof testMailReply>

/** How long to wait before each look, in ms: soon at first, then ever more seldom, a minute and a half in all. */
export const LOOKS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000] as const

/**
 * A test mail to the own address: sends it on request and looks whether the mail server took it, a few times and never while
 * the page is hidden. `waiting` is false when it is known, or when the reader has to ask himself (`look`).
 */
export function useTestMail() {
  const mail = shallowRef<TestMail | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const sending = ref(false)
  const looks = ref(0)
  const visibility = useDocumentVisibility()
  const undecided = computed(() => mail.value?.status === 'queued' && problem.value === null)
  const waiting = computed(() => undecided.value && looks.value < LOOKS_MS.length)
  const delay = computed(() => LOOKS_MS[Math.min(looks.value, LOOKS_MS.length - 1)] ?? 0)
  const { start, stop } = useTimeoutFn(lookAgain, delay, { immediate: false })

  async function attempt(act: () => Promise<TestMail>): Promise<void> {
    try {
      mail.value = await act()
      problem.value = null
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown
      if (thrown.code !== 'session.none') problem.value = thrown
    }
  }

  /** Goes on looking where there is somebody to see it. */
  function goOn(): void {
    stop()
    if (waiting.value && visibility.value === 'visible') start()
  }

  async function lookAgain(): Promise<void> {
    const { id = '' } = mail.value ?? {}
    looks.value += 1
    await attempt(() => accountApi.testMail(id))
    goOn()
  }

  async function send(): Promise<void> {
    if (sending.value) return
    stop()
    sending.value = true
    looks.value = 0
    await attempt(accountApi.sendTestMail)
    sending.value = false
    goOn()
  }

  /** The reader wants to know now. */
  async function look(): Promise<void> {
    stop()
    looks.value = 0
    await lookAgain()
  }

  watch(visibility, goOn)
  return { mail, problem, sending, waiting, undecided, send, look }
}
