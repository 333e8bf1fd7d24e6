import { describeRoute, resolver, type DescribeRouteOptions } from 'hono-openapi'
import type * as z from 'zod/mini'
import { PROBLEM_STATUS, problemSchema, type ProblemCode } from '#contract/http/problem'

/** The OpenAPI entry of a route: what it does, its answer, the problems with which it refuses, and a body that no validator describes. */
export function describe(
  summary: string,
  answers: { [status: number]: z.ZodMiniType | null },
  problems: ProblemCode[] = [],
  body?: z.ZodMiniType,
) {
  const good = Object.entries(answers).map(([status, schema]) => [
    status,
    schema === null
      ? { description: 'Done' }
      : { description: 'Done', content: { 'application/json': { schema: resolver(schema) } } },
  ])
  const byStatus = Map.groupBy(problems, (code) => PROBLEM_STATUS[code])
  const bad = [...byStatus].map(([status, codes]) => [
    status,
    { description: codes.join(', '), content: { 'application/problem+json': { schema: resolver(problemSchema) } } },
  ])
  const responses = Object.fromEntries([...good, ...bad]) as NonNullable<DescribeRouteOptions['responses']>
  const requestBody = body && { content: { 'application/json': { schema: resolver(body) } } }
  return describeRoute({
    summary,
    responses,
    ...(requestBody && { requestBody: requestBody as unknown as NonNullable<DescribeRouteOptions['requestBody']> }),
  })
}
