import { Command } from 'commander'
import type { CommandContext } from '../../command/command'
import { rotateKeys } from './rotate-keys.action'
import { signingState } from './signing-keys.action'
import { listSigningKeys } from './verification.repo'

/** `keys list|rotate`: the keys with which certificates are signed; also while the program runs. */
export function keysCommand({ withDataDirectory, print }: CommandContext): Command {
  const keys = new Command('keys').description('the keys with which certificates are signed')
  keys
    .command('list')
    .description('all keys, the oldest first; what retired ones signed can still be checked')
    .action(() =>
      withDataDirectory('read', async ({ db }) => {
        const state = await signingState(db)
        const rows = (await listSigningKeys(db)).map(({ kid, made_at, retired_at }) => ({
          kid,
          state: retired_at === null ? 'signs' : 'retired',
          madeAt: made_at,
          retiredAt: retired_at,
        }))
        const lines = rows.map((row) => [
          row.kid,
          row.state,
          row.madeAt,
          ...(row.retiredAt ? ['–', row.retiredAt] : []),
        ])
        print(
          { items: rows, total: rows.length, state },
          lines.map((line) => line.join('  ')).join('\n') || 'No keys yet.',
        )
      }),
    )
  keys
    .command('rotate')
    .description('sign with a new key from now on, and forget the private half of the old one')
    .action(() =>
      withDataDirectory('read', async ({ db, clock }) => {
        const kid = await rotateKeys(db, 'operator', clock.now())
        print({ kid }, `Certificates are signed with the key ${kid} from now on.`)
      }),
    )
  return keys
}
