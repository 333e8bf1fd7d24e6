import type { Answer, Visitor } from './portal'

/** A request that has come half way: whoever asks has been let pass, and what they send is still on the line. */
export interface HeldCall {
  /** Lets the rest come in and answers what the service said. */
  finish(): Promise<Answer>
}

/** Sends a request and holds its body back when the service begins to read it, which is behind the guard of its route. */
export async function holdCall(visitor: Visitor, method: string, path: string, body: unknown): Promise<HeldCall> {
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const reached = Promise.withResolvers<null>()
  const released = Promise.withResolvers<null>()
  const stream = new ReadableStream(
    {
      pull: async (controller) => {
        reached.resolve(null)
        await released.promise
        controller.enqueue(bytes)
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  const answer = visitor.call(method, path, stream, { 'Content-Length': String(bytes.length) })
  await Promise.race([reached.promise, answer])
  return {
    finish: () => {
      released.resolve(null)
      return answer
    },
  }
}
