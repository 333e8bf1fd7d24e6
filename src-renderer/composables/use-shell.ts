import { storeToRefs } from 'pinia'
import { onScopeDispose, watchEffect } from 'vue'
import { useRouter } from 'vue-router'
import type { ShellBridge } from '#contract/ipc/ipc'
import { useFailure } from '../stores/failure'
import { usePreferences } from '../stores/preferences'

declare global {
  interface Window {
    /** The bridge of the desktop shell; absent in the browser shell. */
    zairyu?: ShellBridge
  }
}

/**
 * Connects the page to the desktop shell for as long as the calling component lives: links of mails that are opened lead to
 * their screen, what goes wrong in the shell is shown, and the shell learns the language for its menus, and the colour of the page for the next
 * start. In the browser shell it does nothing.
 */
export function useShell(): void {
  const shell = window.zairyu
  if (!shell) return
  const router = useRouter()
  const lead = (screen: string | null) => {
    if (screen !== null) void router.push(screen)
  }
  onScopeDispose(shell.onLinkOpened(lead))
  // Listens first, asks then: no link falls between the two.
  void shell.takeLink().then(lead)
  const { shellFailed } = useFailure()
  onScopeDispose(
    shell.onFailed((failure) => {
      shellFailed(failure)
      // Taken, so that it is not told once more by the next page.
      void shell.failure()
    }),
  )
  void shell.failure().then((failure) => {
    if (failure) shellFailed(failure)
  })
  onScopeDispose(tellColour())
  const { language } = storeToRefs(usePreferences())
  watchEffect(() => void shell.tellLanguage(language.value))
}

/** Keeps `<meta name="theme-color">` at the colour of the page; Electron tells the main process. Answers its undo. */
function tellColour(): () => void {
  const meta = document.head.appendChild(document.createElement('meta'))
  meta.name = 'theme-color'
  const tell = () => {
    meta.content = getComputedStyle(document.body).backgroundColor
  }
  const schemes = new MutationObserver(tell)
  schemes.observe(document.documentElement, { attributeFilter: ['data-scheme'] })
  tell()
  return () => {
    schemes.disconnect()
    meta.remove()
  }
}
