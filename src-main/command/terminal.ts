import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { readText } from '#domain/text/text-file'
import { CommandFailure } from './command'

/** Asks on the terminal for what must not be seen: nothing of what is typed is shown. */
export async function askSecretly(question: string): Promise<string> {
  const unseen = new Writable({
    write: (_chunk, _encoding, done) => {
      done()
    },
  })
  process.stderr.write(question)
  const asking = createInterface({ input: process.stdin, output: unseen, terminal: true })
  try {
    return await asking.question('')
  } finally {
    asking.close()
    process.stderr.write('\n')
  }
}

/**
 * The first line of a stream, without its end; empty where there is none.
 * @throws CommandFailure where it is not UTF-8
 */
export async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk))
    if (chunks.at(-1)?.includes(10)) break
  }
  const read = readText(Buffer.concat(chunks))
  if (!read.ok) throw new CommandFailure(`What was piped in is not UTF-8 (it looks like ${read.looksLike}).`)
  return read.text.split(/\r?\n/)[0] ?? ''
}
