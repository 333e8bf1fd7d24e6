/** Ours: below this doctor and health say so, since an upgrade and a backup need room … */
export const LOW_MIB = 200
/** … and below this nothing can be promised any more. */
const FULL_MIB = 16

export type DiskState = 'ok' | 'low' | 'full'

/** What is to be said of the free room on the disk of the data. */
export function diskState(freeBytes: number): DiskState {
  const freeMiB = freeBytes / 1024 / 1024
  if (freeMiB < FULL_MIB) return 'full'
  return freeMiB < LOW_MIB ? 'low' : 'ok'
}
