import { verificationKeyReply } from '#domain/verification/verification'
import { call } from './call'

/** The public keys for the signed line of certificates. */
export const verificationApi = {
  readKeys: () => call('GET', '/verification-key', { reply: verificationKeyReply }),
}
