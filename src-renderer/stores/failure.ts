import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { type CrashReport, type ErrorTraits, traitsOf } from '#contract/http/crash-report'
import type { ShellFailure } from '#contract/ipc/shell-failure'
import { USER_ID_ALPHABET } from '#domain/user-id'
import { diagnosisApi } from '../api/diagnosis'
import { useService } from './service'

/** What no screen expected. */
export interface Failure {
  /** A screen failed, or it could not be loaded, or something is wrong in the desktop shell. */
  kind: 'screen' | 'way' | ShellFailure['kind']
  /** The number under which the log has it. */
  incident: string
  /** When it happened (instant). */
  at: string
  /** The screen that could not be loaded. */
  to: string | null
  /** The screen was not drawn: shown again, it begins anew. */
  isBroken: boolean
  /** Words for whoever looks after the machine. */
  detail?: string
}

/** Where something was thrown. */
export interface Thrown {
  place: CrashReport['place']
  /** The name of the screen. */
  screen?: unknown
  to?: string
  isBroken?: boolean
}

/** Without a service no screen works. */
export const isLasting = ({ kind }: Failure): boolean => kind === 'start' || kind === 'newer-database'

const signs = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (chance) => USER_ID_ALPHABET[chance % 31]).join('')

/** The failure that is shown in place of the screen; the next move takes it away. */
export const useFailure = defineStore('failure', () => {
  const failure = shallowRef<Failure | null>(null)
  /** How often a screen was begun anew after it could not be drawn. */
  const attempt = shallowRef(0)
  /** What was told already: the same error again has the same number. */
  const told = new Map<string, string>()

  /** Gives an error a number and tells the shell of it, without anything that was typed. What cannot be told has a number all the same. */
  function note(traits: ErrorTraits, { place, screen }: Thrown): string {
    const name = typeof screen === 'string' ? screen : null
    const key = JSON.stringify([traits, place, name])
    const known = told.get(key)
    if (known !== undefined) return known
    const incident = `${signs()}-${signs()}`
    told.set(key, incident)
    diagnosisApi.reportCrash({ ...traits, incident, place, screen: name }).catch(() => undefined)
    return incident
  }

  return {
    failure,
    attempt,
    fail: (thrown: unknown, where: Thrown = { place: 'page' }) => {
      // What failed in the service has a number there.
      const found = typeof thrown === 'object' && thrown !== null && 'incident' in thrown ? thrown.incident : undefined
      failure.value = {
        kind: where.place === 'way' ? 'way' : 'screen',
        incident: typeof found === 'string' ? found : note(traitsOf(thrown), where),
        at: useService().now(),
        to: where.to ?? null,
        isBroken: where.isBroken ?? false,
      }
    },
    shellFailed: ({ kind, incident, detail }: ShellFailure) => {
      const shown = { kind, incident, at: useService().now(), to: null, isBroken: false }
      failure.value = detail === undefined ? shown : { ...shown, detail }
    },
    /** What keeps the service from starting stays: it is over when the program has started again. */
    recover: () => {
      if (failure.value && isLasting(failure.value)) return
      if (failure.value?.isBroken) attempt.value += 1
      failure.value = null
    },
  }
})
