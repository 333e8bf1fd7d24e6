import { validator } from 'hono-openapi'
import type * as z from 'zod/mini'
import { fieldProblems, type Issue } from '../platform/field-problems'
import { problem } from './problem'

/** Reads the JSON body by a schema; what does not fit is answered 422 with each field and its reason. */
export const json = <S extends z.ZodMiniType>(schema: S) =>
  validator('json', schema, (result, c) => {
    if (!result.success)
      return problem(c, 'request.invalid', { errors: fieldProblems(result.error as readonly Issue[]) })
    return undefined
  })

/** Reads the query by a schema, in the same way. */
export const query = <S extends z.ZodMiniType>(schema: S) =>
  validator('query', schema, (result, c) => {
    if (!result.success)
      return problem(c, 'request.invalid', { errors: fieldProblems(result.error as readonly Issue[]) })
    return undefined
  })
