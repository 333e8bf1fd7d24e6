import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cleanEnvironment, type Program, type ProgramOptions } from './program'

const HOST = join(import.meta.dirname, 'program-host.mjs')

interface Answer {
  id: number
  url?: string
  code?: number | null
  error?: string
}

/** The browser shell for a test that is about its pages, and not about the process that it runs in. */
export type HostedProgram = Pick<Program, 'url' | 'stop'>

interface Host {
  child: ChildProcess
  ended: Promise<never>
}
let host: Host | null = null
let lastId = 0

function startHost(): Host {
  const child = fork(HOST, { env: cleanEnvironment(), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  child.setMaxListeners(0)
  // It ends with the process of the tests, whose end it does not hold up.
  child.unref()
  child.channel?.unref()
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => {
      host = null
      reject(new Error(`the process of the programs ended with ${code}`))
    })
  })
  ended.catch(() => undefined)
  return { child, ended }
}

/** Sends a message to the host, and answers its answer. */
function tell(message: { id: number } & Record<string, unknown>): Promise<Answer> {
  const { child, ended } = (host ??= startHost())
  const answer = new Promise<Answer>((resolve, reject) => {
    const hear = (heard: Answer) => {
      if (heard.id !== message.id) return
      child.off('message', hear)
      child.channel?.unref()
      if (heard.error === undefined) resolve(heard)
      else reject(new Error(heard.error))
    }
    child.on('message', hear)
    child.channel?.ref()
    child.send(message)
  })
  return Promise.race([answer, ended])
}

/**
 * Starts the built browser shell as `startProgram` does, but all of a test process in one other process, which loads the modules once
 * (a new one takes a second of a core). It cannot be killed: where the end of the process matters, it gets one of its own.
 */
export async function hostProgram({ dataDir, args = [], env = {} }: ProgramOptions): Promise<HostedProgram> {
  const id = (lastId += 1)
  const flags = ['--browser', '--no-open', '--port', '0', '--data', dataDir, ...args]
  const { url = '' } = await tell({ id, args: flags, env })
  return {
    url,
    stop: async () => (await tell({ id, stop: true })).code ?? null,
  }
}

/** A program on data of its own. */
export interface TrainingProgram {
  url: string
  dataDir: string
}

/** Runs a program on training data of its own for as long as `use` lasts, and removes both. @throws where it does not end in order */
export async function withTrainingProgram(
  use: (program: TrainingProgram) => Promise<void>,
  options: Omit<ProgramOptions, 'dataDir'> = {},
): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-training-'))
  try {
    const program = await hostProgram({ dataDir, ...options, args: ['--training', ...(options.args ?? [])] })
    let code: number | null = null
    try {
      await use({ url: program.url, dataDir })
    } finally {
      code = await program.stop()
    }
    if (code !== 0) throw new Error(`the program ended with ${code}`)
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
