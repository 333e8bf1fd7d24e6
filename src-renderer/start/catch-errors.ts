import { storeToRefs } from 'pinia'
import type { App } from 'vue'
import type { Router } from 'vue-router'
import { ApiProblem } from '../api/problem'
import { showStartFailure } from './start-failure'
import { type Thrown, useFailure } from '../stores/failure'
import { usePreferences } from '../stores/preferences'

/** Where Vue says that a component could not be made or drawn; the built program says it by codes. */
const NOT_DRAWN = /setup function|render function|mount|create|update|#runtime-(?:0|1|b?c|b?m|b?u)$/

/**
 * Everything that no screen expected is shown as such and told to the shell: errors of components, screens that cannot be loaded,
 * errors beside them. Answers its undo for what it hears of the page.
 * @param say what the developer reads
 */
export function catchErrors(app: App, router: Router, say: (thrown: unknown) => void): () => void {
  const failure = useFailure()
  const { language } = storeToRefs(usePreferences())
  /** What cannot even be told by a screen is told without one. */
  const fail = (thrown: unknown, where: Thrown) => {
    try {
      failure.fail(thrown, where)
    } catch (ours) {
      say(ours)
      showStartFailure(language.value)
    }
  }
  const screen = () => router.currentRoute.value.name
  app.config.errorHandler = (thrown, _component, info) => {
    say(thrown)
    fail(thrown, { place: 'screen', screen: screen(), isBroken: NOT_DRAWN.test(info) })
  }
  const undo = router.onError((thrown: unknown, to) => {
    say(thrown)
    fail(thrown, { place: 'way', screen: to.name, to: to.fullPath })
  })
  const beside = (thrown: unknown) => {
    // What was given up on purpose, and what browsers say of sizes that settle a frame later, is no failure.
    if (!(thrown instanceof Error) || thrown.name === 'AbortError') return
    if (!(thrown instanceof ApiProblem)) say(thrown)
    fail(thrown, { place: 'page', screen: screen() })
  }
  const onError = ({ error }: ErrorEvent) => {
    beside(error)
  }
  const onRejection = ({ reason }: PromiseRejectionEvent) => {
    beside(reason)
  }
  addEventListener('error', onError)
  addEventListener('unhandledrejection', onRejection)
  return () => {
    undo()
    removeEventListener('error', onError)
    removeEventListener('unhandledrejection', onRejection)
  }
}
