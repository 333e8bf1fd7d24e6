import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import type { ApiProblem } from '../../api/problem'
import { focusScreen } from '../../composables/focus'
import { useLoad } from '../../composables/load'

/** What a mailed link is for; every refusal of it has its own words and its own next step. */
export type LinkTask = 'register' | 'password-reset' | 'email-change' | 'email-undo'

export type LinkRefusal = 'expired' | 'used' | 'unknown'

/** Why the link of a mail no longer opens its screen, when that is what a refusal says. */
export function linkRefusal(code: string | undefined): LinkRefusal | null {
  const reason = /^link\.(expired|used|unknown)$/.exec(code ?? '')?.[1]
  return reason ? (reason as LinkRefusal) : null
}

/**
 * The link by which a screen was opened, from its address. Looking at it changes nothing (DESIGN §5); it may come to its end
 * while the screen is open, which `refuse` tells.
 */
export function useMailLink<Link>(open: (token: string) => Promise<Link>) {
  const token = String(useRoute().params['token'])
  const { data: link, problem, reload } = useLoad(() => open(token))
  const refusedLater = ref<LinkRefusal | null>(null)
  watch(refusedLater, focusScreen, { flush: 'post' })

  /** Takes the refusal of a later call; false when it says nothing of the link. */
  function refuse({ code }: Pick<ApiProblem, 'code'>): boolean {
    refusedLater.value = linkRefusal(code)
    return refusedLater.value !== null
  }

  return {
    token,
    link,
    problem,
    reload,
    refused: computed(() => refusedLater.value ?? linkRefusal(problem.value?.code)),
    refuse,
  }
}
