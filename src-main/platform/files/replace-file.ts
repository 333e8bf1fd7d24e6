import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { newId } from '../ids'

/** Replaces a file as a whole: whoever reads it meanwhile, or after a power failure, sees old or new. Only its owner can read it. */
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
