import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import * as z from 'zod/mini'
import type { FindKeychain } from '../mail/settings/mail-password'
import { instantText, type Clock } from '../platform/clock'
import { replaceFile } from '../platform/files/replace-file'
import { revokeSessionWithRetry } from './end-visit'
import { APP_ORIGIN } from './sender.rules'

const FILE = 'revocations.sealed'
/** No session outlives this without a move (M2.6: three hours), wherever the clock of the service stands. */
const LONGEST = Temporal.Duration.from({ hours: 24 })
/** Ours: a service that is away for a day does not fill the file. */
const MOST = 20

/** Whoever may be signed in: applicant, staff. */
export const SESSION_PATHS: readonly string[] = ['/api/v1/session', '/api/v1/staff/session']

const revocations = z.array(
  z.object({ service: z.nullable(z.string()), path: z.string(), cookies: z.string(), since: z.string() }),
)
type Revocation = z.infer<typeof revocations>[number]

export interface RevocationParts {
  /** The shell's own folder. */
  folder: string
  /** The far service; null for the one in this process. A token is shown to nobody but the service that gave it. */
  service: string | null
  findKeychain: FindKeychain
  clock: Clock
  /** Asks the service by a way that shares no cookies with the pages. */
  ask: (request: Request) => Promise<Response>
  schedule: (run: () => void, milliseconds: number) => unknown
}

export interface Revocations {
  /** Ends the sessions of these cookies at the service. Done when it was asked once; where it is away it is asked again, also by the next start. */
  revoke(cookies: string, paths?: readonly string[]): Promise<void>
  /** Takes up what the last start could not tell. */
  resume(): Promise<void>
}

/**
 * Sessions that are over here, whatever the network says, and must end at the service, too. What could not be told lies sealed by
 * the system's keychain until it is; without a keychain nothing is written, and the session ends by itself.
 */
export function sessionRevocations({
  folder,
  service,
  findKeychain,
  clock,
  ask,
  schedule,
}: RevocationParts): Revocations {
  const file = join(folder, FILE)
  const untold = new Set<Revocation>()
  let writing = Promise.resolve()

  /** One write after the other: the newest state wins. */
  function save(): Promise<void> {
    writing = writing.then(async () => {
      try {
        if (untold.size === 0) return rmSync(file, { force: true })
        const vault = await findKeychain()
        if (vault) replaceFile(file, await vault.seal(JSON.stringify([...untold].slice(-MOST))))
      } catch {
        // A full disk, a keychain that says no: it is told as long as the program runs.
      }
    })
    return writing
  }

  async function tell(revocation: Revocation): Promise<void> {
    const { path, cookies } = revocation
    untold.add(revocation)
    let isTold = false
    await revokeSessionWithRetry(async () => {
      const headers = { cookie: cookies, origin: APP_ORIGIN }
      const answer = await ask(new Request(`${APP_ORIGIN}${path}`, { method: 'DELETE', headers }))
      if (answer.status >= 500) return answer
      isTold = true
      // What was written by a try before goes.
      if (untold.delete(revocation)) await save()
      return answer
    }, schedule)
    if (!isTold) await save()
  }

  return {
    async revoke(cookies, paths = SESSION_PATHS) {
      const since = instantText(clock.now())
      await Promise.all(paths.map((path) => tell({ service, path, cookies, since })))
    },
    async resume() {
      try {
        const vault = await findKeychain()
        const sealed = readFileSync(file, 'utf8')
        if (!vault) return
        const since = clock.now().subtract(LONGEST)
        const kept = revocations
          .parse(JSON.parse(await vault.open(sealed)))
          .filter((each) => Temporal.Instant.compare(Temporal.Instant.from(each.since), since) > 0)
        for (const each of kept) untold.add(each)
        await save()
        await Promise.all(kept.filter((each) => each.service === service).map(tell))
      } catch {
        // None was kept, or it was sealed elsewhere.
      }
    },
  }
}
