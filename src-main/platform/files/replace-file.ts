import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { newId } from '../ids'

/**
 * Replaces a file as a whole: whoever reads it meanwhile, or after a power failure, sees old or new. Only its owner can read it, from the
 * first byte on, whatever rights the old file had, and nothing that lies there under the new name is written through: `write-file-atomic`
 * takes over the rights of the old file and opens what is there.
 */
export function replaceFile(file: string, text: string): void {
  const next = `${file}.${newId()}`
  try {
    const handle = openSync(next, 'wx', 0o600)
    try {
      writeSync(handle, text)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(next, file)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}
