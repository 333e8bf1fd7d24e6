/** What a rule decides: a value, or the code of a refusal with what belongs to it. */
export type Result<T, P> = { ok: true; value: T } | { ok: false; problem: P }

/** The rule lets it pass. */
export const accept = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

/** The rule refuses. */
export const refuse = <const P>(problem: P): { ok: false; problem: P } => ({ ok: false, problem })
