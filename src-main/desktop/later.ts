/** Calls `run` once after so many milliseconds; answers its undo. */
export function later(run: () => void, milliseconds: number): () => void {
  const timeout = setTimeout(run, milliseconds)
  return () => {
    clearTimeout(timeout)
  }
}
