/**
 * An Ed25519 key with which certificates are or were signed: `x` is its public half (base64url); `sealed` the private one under
 * the sealing key, null once it signs no more. `retired_at` null = it signs now. Instants are ISO UTC.
 */
export interface SigningKeyTable {
  kid: string
  x: string
  sealed: string | null
  made_at: string
  retired_at: string | null
}

export interface VerificationTables {
  signing_keys: SigningKeyTable
}
