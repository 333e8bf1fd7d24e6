import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { verificationKeyReply, type VerificationKeys } from '#domain/verification/verification'
import { verificationApi } from '../api/verification'
import { remember, remembered } from './storage'

const NAME = 'verification-keys'

function kept(): VerificationKeys | null {
  try {
    return verificationKeyReply.safeParse(JSON.parse(remembered('local', NAME) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

/** The public keys for the signed line of certificates: asked for while the service answers, kept for when it does not. */
export const useVerificationKeys = defineStore('verification-keys', () => {
  const keys = shallowRef(kept())

  /** Asks for the keys of today; a service that does not answer leaves the last known ones. */
  async function refresh(): Promise<void> {
    try {
      keys.value = await verificationApi.readKeys()
      remember('local', NAME, JSON.stringify(keys.value))
    } catch {
      // The screen says what it lacks.
    }
  }

  return { keys, refresh }
})
