import * as z from 'zod/mini'
import { ApiProblem } from './problem'

/** What the build wrote about the packages that people get with the program. */
const licencesSchema = z.object({
  packages: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      licence: z.string(),
      /** Which of `texts`; null where the package only names its licence. */
      text: z.nullable(z.int()),
    }),
  ),
  texts: z.array(z.string()),
})
export type Licences = z.infer<typeof licencesSchema>

/** The licences of all packages; it lies beside the page, in every shell. Throws `ApiProblem`. */
export async function readLicences(): Promise<Licences> {
  try {
    const answer = await fetch('/licences.json')
    return licencesSchema.parse(await answer.json())
  } catch (error) {
    throw new ApiProblem('service.unreachable', 0, {}, error)
  }
}
