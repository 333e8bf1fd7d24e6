import type * as z from 'zod/mini'
import { draftKeyReply, extensionReply, type loginRequest, sessionReply } from '#contract/http/account/session'
import { call } from './call'
import { keptLogin } from './problem'

/** Who is signed in. */
export const sessionApi = {
  /** Throws `session.none` when nobody is signed in; never prolongs. */
  read: () => call('GET', '/session', { reply: sessionReply, quiet: true }),
  /** Throws `session.not-kept` when the browser does not keep the session. */
  start: async (request: z.input<typeof loginRequest>) =>
    keptLogin(await call('POST', '/session', { body: request, reply: sessionReply, quiet: true }), sessionApi.read),
  end: () => call('DELETE', '/session', { quiet: true }),
  extend: () => call('POST', '/session/extension', { reply: extensionReply }),
  /** Quiet: typing goes on when the session is over; the screen's own calls say so. */
  draftKey: () => call('GET', '/session/draft-key', { reply: draftKeyReply, quiet: true }),
}
