import { Hono } from 'hono'
import { verificationKeyReply } from '#contract/verification'
import type { ServiceDeps } from '../../service/deps'
import { describe } from '../../service/describe'
import { publicKeys } from './verification.repo'

/** The public keys with which anybody can check the signed line of a certificate, without asking again. */
export const verificationRoutes = ({ db, training }: ServiceDeps) =>
  new Hono().get(
    '/',
    describe('Public keys (Ed25519, JWK) for the signed line of a certificate', { 200: verificationKeyReply }),
    async (c) => c.json(await publicKeys(db, training), 200),
  )
