import { open, rename, rm } from 'node:fs/promises'
import { newId } from '../platform/ids'

/**
 * Puts a text into the file `to`, as a whole or not at all: what was there before stays until the new one is complete on the disk.
 * Rejects with the system's error, and leaves nothing behind.
 */
export async function placeFile(text: string, to: string): Promise<void> {
  const next = `${to}.${newId()}.part`
  try {
    const handle = await open(next, 'wx')
    await handle
      .writeFile(text)
      .then(() => handle.sync())
      .finally(() => handle.close())
    await rename(next, to)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
}
