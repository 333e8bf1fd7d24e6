import { Hono } from 'hono'
import { verificationKeyReply } from '#domain/verification/verification'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { cancelledListOf } from './cancelled-list.query'
import { publicKeys } from './verification.repo'

/** With which anybody can check a certificate without saying which: the public keys, and the list of those that were cancelled. */
export const verificationRoutes = ({ db, clock, training }: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('Public keys (Ed25519, JWK) for the signed line of a certificate, and the signed list of cancelled ones', {
      200: verificationKeyReply,
    }),
    async (c) =>
      c.json({ ...(await publicKeys(db, training)), cancelled: await cancelledListOf(db, clock.now()) }, 200),
  )
