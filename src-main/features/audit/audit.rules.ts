import type { ActorKind } from '#contract/http/staff/admin'
import { ACTOR_KINDS } from '#contract/http/staff/admin'

/** Splits what stands in the log (`staff:ID`, `operator`) into the kind and the identifier behind it. */
export function readActor(actor: string): { kind: ActorKind; id: string | null } {
  const [kind = '', ...rest] = actor.split(':')
  const known = ACTOR_KINDS.find((one) => one === kind)
  return { kind: known ?? 'visitor', id: rest.length > 0 ? rest.join(':') : null }
}
