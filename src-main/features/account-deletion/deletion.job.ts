import type { ActionDeps } from '../../mail/mailer/mailer'
import type { Job } from '../../platform/scheduler'
import { deleteAccounts, nextDeletion } from './delete-accounts.action'

/**
 * Deletes accounts whose owners wished it 7 days ago (ours), with everything that hangs on them. Never one with a certificate
 * that has not been delivered: it waits until that has happened.
 */
export const deletionJob = (deps: ActionDeps): Job => ({
  name: 'deletion',
  nextDue: () => nextDeletion(deps.db),
  run: (now) => deleteAccounts(deps, now),
})
