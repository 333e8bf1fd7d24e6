/*
 * A script of its own that runs before the program (`scripts/build/before-start.mjs`). It takes nothing from the program's files, and nothing that a browser
 * may lack: it is what speaks when they fail.
 */
import texts from '../resources/start-failure.json'
import { firstLanguage, firstScheme } from './stores/first-choice'
import { showStartFailurePage, type StartLanguage } from './start/start-failure-page'

/** Whoever has waited this long for the first screen is told something. The screen still comes when it can. */
const PATIENCE_MS = 40_000

window.showStartFailure = showStartFailurePage
const root = document.documentElement
const language = firstLanguage(Object.keys(texts) as StartLanguage[])
// Before anything is drawn: a reader who chose black never sees a white page first.
root.lang = language
root.setAttribute('data-scheme', firstScheme())

/** What stands on the page speaks for itself (`catch-errors.ts`). */
function tellIfEmpty(): void {
  const app = document.getElementById('app')
  if (app ? app.childElementCount === 0 : document.readyState !== 'loading') showStartFailurePage(language)
}

/** While the page is still being read there is no place to tell anything yet. */
function failed(): void {
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', tellIfEmpty)
  else tellIfEmpty()
}

addEventListener(
  'error',
  ({ target }) => {
    // A picture or a font that did not come is no failure.
    if (!(target instanceof Element) || target instanceof HTMLScriptElement) failed()
  },
  true,
)
addEventListener('unhandledrejection', failed)
setTimeout(failed, PATIENCE_MS)
