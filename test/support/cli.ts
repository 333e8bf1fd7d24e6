import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface CommandAnswer {
  code: number
  out: string
  err: string
}

const CLI = join(import.meta.dirname, '../../out/main/cli.js')

/** Runs the built command line in a process of its own, as `npm run -s cli --` does; `typed` comes over its input. */
export function runCli(args: string[], env: Record<string, string> = {}, typed?: string): Promise<CommandAnswer> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ZAIRYU_')))
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [CLI, ...args], { env: { ...own, ...env } }, (error, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    )
    if (typed !== undefined) child.stdin?.end(typed)
  })
}
