import type { StartLanguage } from './start-failure-page'

declare global {
  interface Window {
    /** Given by `before-start.ts`, which came before the program. */
    showStartFailure?: (language: StartLanguage) => void
  }
}

/** What is shown when the program could not begin, or the screen that tells of failures could not be loaded, in the reader's language. */
export function showStartFailure(language: StartLanguage): void {
  if (window.showStartFailure) window.showStartFailure(language)
  else void import('./start-failure-page').then(({ showStartFailurePage }) => showStartFailurePage(language))
}
