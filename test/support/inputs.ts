import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A file as people met it (made up, no real person), byte by byte. */
export const inputFile = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'inputs', name))
