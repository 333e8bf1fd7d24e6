import { EventEmitter } from 'node:events'
import { handlers } from './handlers'

/** The module's `session.defaultSession`. */
class DefaultSession extends EventEmitter {
  #checksSpelling = true

  isSpellCheckerEnabled = () => this.#checksSpelling
  setSpellCheckerEnabled(enabled: boolean): void {
    this.#checksSpelling = enabled
  }
  setPermissionRequestHandler(handler: typeof handlers.permission): void {
    handlers.permission = handler
  }
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}
}

export const defaultSession = new DefaultSession()
