import type { Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { instantText } from '../platform/clock'
import { ownAct, writeAudit } from './audit'
import type { ServiceDeps } from './deps'
import { deviceOf } from './device'
import { problem } from './problem'
import type { SignedIn } from './signed-in'
import { keepTries, noteAuthentication, readTries } from '../features/session/session.repo'
import { isRecent, tryLogin } from '../features/session/session.rules'

/**
 * Makes sure that it is the owner who changes password or address (DESIGN §6): the login is less than 10 minutes ago, or the
 * password comes with the request. Wrong ones count towards the lock.
 * @returns null when it is, else the refusal
 */
export async function confirmOwner(
  { db, passwords }: Pick<ServiceDeps, 'db' | 'passwords'>,
  c: Context<SignedIn>,
  currentPassword: string | undefined,
): Promise<Response | null> {
  const { account, session, now } = c.var
  if (isRecent(Temporal.Instant.from(session.authenticated_at), now)) return null
  if (currentPassword === undefined || currentPassword === '') return problem(c, 'session.not-recent')
  const isRight = await passwords.verify(account.password_hash, currentPassword)
  const tried = await db.transaction().execute(async (trx) => {
    const outcome = tryLogin(await readTries(trx, account.user_id), isRight, now)
    await keepTries(trx, account.user_id, outcome.tries)
    if (outcome.kind === 'in') await noteAuthentication(trx, session.token_hash, now)
    else await writeAudit(trx, ownAct(account.id, `session.${outcome.kind}`, deviceOf(c)), now)
    return outcome
  })
  switch (tried.kind) {
    case 'in':
      return null
    case 'locked':
      return problem(c, 'session.locked', { until: instantText(tried.until) })
    case 'wrong': {
      const errors = [{ field: 'currentPassword', code: 'password.wrong', params: { triesLeft: tried.triesLeft } }]
      return problem(c, 'request.invalid', { errors })
    }
  }
}
