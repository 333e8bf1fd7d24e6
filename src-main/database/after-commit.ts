import type { DatabaseConnection, Driver, Kysely } from 'kysely'

/** What waits for the end of the transaction that is open on a connection. */
const callbacks = new WeakMap<DatabaseConnection, (() => void)[]>()

function takeCallbacks(connection: DatabaseConnection): (() => void)[] {
  const taken = callbacks.get(connection) ?? []
  callbacks.delete(connection)
  return taken
}

/**
 * Calls back once what the caller has written can be seen by everybody: after the commit of its transaction, at once outside of
 * one, never after a rollback. Kysely has no such hook; the driver of the dialect has to be one `withCommitHooks`.
 */
export async function afterCommit<Tables>(db: Kysely<Tables>, callback: () => void): Promise<void> {
  if (!db.isTransaction) {
    callback()
    return
  }
  await db.getExecutor().provideConnection((connection) => {
    callbacks.set(connection, [...(callbacks.get(connection) ?? []), callback])
    return Promise.resolve()
  })
}

/** A driver that runs what `afterCommit` has registered. */
export function withCommitHooks(driver: Driver): Driver {
  const commit = driver.commitTransaction.bind(driver)
  const rollback = driver.rollbackTransaction.bind(driver)
  driver.commitTransaction = async (connection) => {
    await commit(connection)
    for (const callback of takeCallbacks(connection)) callback()
  }
  driver.rollbackTransaction = async (connection) => {
    takeCallbacks(connection)
    await rollback(connection)
  }
  return driver
}
