import { checkCertificate, type Verification, type VerificationKeys } from '#domain/verification/verification'

/** What the reader is told. `no-key`: the service never told its keys; `unsupported`: this page cannot compute signatures. */
export type Verdict = Verification | { verdict: 'no-key' | 'unsupported' }

/** Where the keys come from: those that are kept, and a look at those of today. */
export interface KeySource {
  keys: VerificationKeys | null
  refresh(): Promise<void>
}

/**
 * Checks a pasted text with the kept keys; where they are not enough, or the certificate may have been cancelled meanwhile, they are
 * asked for anew. The text stays here.
 */
export async function judge(pasted: string, source: KeySource): Promise<Verdict> {
  if (!source.keys) await source.refresh()
  if (!source.keys) return { verdict: 'no-key' }
  try {
    const found = await checkCertificate(pasted, source.keys)
    const mayBeNewer =
      'standing' in found ? found.standing.kind === 'holds' || found.standing.kind === 'unknown' : false
    if (!mayBeNewer && (found.verdict !== 'not-ours' || found.reason !== 'key-unknown')) return found
    await source.refresh()
    return await checkCertificate(pasted, source.keys)
  } catch {
    return { verdict: 'unsupported' }
  }
}
