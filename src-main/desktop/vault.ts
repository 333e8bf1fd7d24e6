import { app, safeStorage } from 'electron'
import type { Keychain } from '../mail/settings/mail-password'

const vault: Keychain = {
  seal: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
  open: async (sealed) => (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result,
}

/**
 * The system's keychain (Windows DPAPI, macOS Keychain, a Linux password manager). Null where it cannot be used: what Linux
 * calls `basic_text` would be a secret that everyone can open.
 */
export async function systemVault(): Promise<Keychain | null> {
  await app.whenReady()
  if (process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text') return null
  return (await safeStorage.isAsyncEncryptionAvailable()) ? vault : null
}
