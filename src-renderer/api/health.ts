import { healthReply } from '#contract/http/health'
import { call } from './call'

/** The state of the service. */
export const healthApi = {
  read: () => call('GET', '/health', { reply: healthReply }),
}
