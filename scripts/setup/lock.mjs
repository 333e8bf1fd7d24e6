/** One at a time, across processes: two commands started together must not install or build twice. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

const HEARTBEAT_MS = 2_000
const DEAD_AFTER_MS = 60_000
const ASK_AGAIN_MS = 150
const SAY_SO_AFTER_MS = 10 * ASK_AGAIN_MS

const pause = () => new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))

/** Whether the file was made now, by us. */
function take(path, owner) {
  try {
    writeFileSync(path, owner, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'EPERM') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Moves a lock out of the way whose owner has died. Another that does the same at this moment wins or loses; both then ask again. */
function clearIfStale(path) {
  let owner
  try {
    owner = readFileSync(path, 'utf8')
    const quiet = Date.now() - statSync(path).mtimeMs
    const pid = Number(owner.split(' ')[0])
    // An owner that has not yet written its name is young.
    const stale = pid > 0 ? !isAlive(pid) || quiet > DEAD_AFTER_MS : quiet > HEARTBEAT_MS
    if (!stale) return
    const aside = `${path}.${process.pid}`
    renameSync(path, aside)
    const moved = readFileSync(aside, 'utf8')
    if (moved === owner) rmSync(aside, { force: true })
    else renameSync(aside, path)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EPERM' && error.code !== 'EBUSY') throw error
  }
}

/** Waits for the lock, runs `work` under it, and gives it back, also when `work` fails or the process exits. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true })
  const owner = `${process.pid} ${process.hrtime.bigint()}`
  for (let waited = 0; !take(path, owner); waited += ASK_AGAIN_MS) {
    if (waited === SAY_SO_AFTER_MS) process.stderr.write('Waiting for another command that sets up …\n')
    clearIfStale(path)
    await pause()
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    try {
      utimesSync(path, now, now)
    } catch {
      // Taken away by hand: the work goes on.
    }
  }, HEARTBEAT_MS)
  const giveBack = () => rmSync(path, { force: true })
  process.once('exit', giveBack)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    process.removeListener('exit', giveBack)
    giveBack()
  }
}
