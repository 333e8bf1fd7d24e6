/** Ours: a service that is away is told again, later and later: after 5 seconds, and for the last time after about 20 minutes. */
const FIRST_WAIT_MS = 5_000
const TRIES = 9

/**
 * Ends the session of a visitor at the service, which `tell` asks for. Done when it was told once; a service that cannot be
 * reached is told again later, while the next visitor is there already.
 */
export async function revokeSessionWithRetry(
  tell: () => Promise<Response>,
  schedule: (run: () => void, milliseconds: number) => unknown,
): Promise<void> {
  const isTold = async () => {
    const answer = await tell().catch(() => null)
    return answer !== null && answer.status < 500
  }
  const again = (tries: number) => {
    if (tries === TRIES) return
    schedule(
      () => void isTold().then((told) => (told ? undefined : again(tries + 1))),
      FIRST_WAIT_MS * 2 ** (tries - 1),
    )
  }
  if (!(await isTold())) again(1)
}
