/** How long what still runs may take to end in order. */
const PATIENCE_MS = 10_000

/**
 * Ends the program when an error is caught by nobody: it is told, what runs is stopped in order, and the exit code is 1. After
 * such an error nobody knows what still holds, so that going on could write wrong data; the next start finds everything that
 * was answered. A second error, or a stop that takes too long, ends it at once.
 */
export function endWhenUncaught(told: (thrown: unknown) => void, stop: () => Promise<unknown>): void {
  let ending = false
  const end = (thrown: unknown) => {
    told(thrown)
    if (ending) process.exit(1)
    ending = true
    setTimeout(() => process.exit(1), PATIENCE_MS).unref()
    void stop()
      .catch(told)
      .then(() => process.exit(1))
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
