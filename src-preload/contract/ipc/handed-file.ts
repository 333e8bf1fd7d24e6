import * as z from 'zod/mini'

export const FILE_KINDS = ['csv', 'json', 'txt'] as const

/** A file that a page hands out. The name is a proposal, without a path: where it goes is for the reader to say. */
export const handedFile = z.object({
  name: z.string().check(z.maxLength(100), z.regex(new RegExp(String.raw`^\w[\w-]*\.(?:${FILE_KINDS.join('|')})$`))),
  /** All of it, with its byte order mark where it has one. */
  text: z.string(),
})
export type HandedFile = z.infer<typeof handedFile>

/** What became of it: it lies where the reader wanted it, he changed his mind, or it could not be written (and nothing is left of it). */
export type FileOutcome = 'saved' | 'canceled' | 'failed'
