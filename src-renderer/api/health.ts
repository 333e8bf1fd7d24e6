import { healthReply } from '#contract/health'
import { call } from './call'

/** The state of the service. */
export const healthApi = {
  read: () => call('GET', '/health', { reply: healthReply }),
}
