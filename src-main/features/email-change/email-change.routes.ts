import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { Temporal } from 'temporal-polyfill'
import {
  emailChangeCompletion,
  emailChangedReply,
  emailChangeLinkReply,
  emailChangeReply,
  emailChangeRequest,
  emailLinkReply,
} from '#contract/http/account/my-page'
import { instantText } from '../../platform/clock'
import { hashToken } from '../../platform/ids'
import type { ServiceDeps } from '../../http/service-deps'
import { describe } from '../../http/openapi'
import { deviceOf, nextDeviceKeyOf } from '../../http/cookies/device'
import { consumeMailRateLimits } from '../../http/mail-rate-limit'
import { answerRefusal } from '../../http/problem'
import { actorOf, SESSION_COOKIE, signedIn } from '../session/signed-in.guard'
import { json } from '../../http/validate'
import { reauthenticate } from '../session/reauthenticate.action'
import { findSession } from '../session/session.repo'
import { linkEnd } from '../account/account.rules'
import type { MailLinkRow } from '../../database/tables/account.table'
import { askEmailChange } from './ask-email-change.action'
import { completeEmailChange, openEmailLink, opensAccount, undoEmailChange } from './change-email.action'

/** M6.1: the person who is signed in asks for another address; nothing changes before the link to it is opened. */
export const emailChangeAskRoutes = (deps: ServiceDeps) =>
  new Hono().post(
    '/',
    describe('Have a link mailed to the new address (M6.1)', { 202: emailChangeReply }, [
      'request.invalid',
      'request.too-many',
      'session.none',
      'session.not-recent',
      'session.locked',
    ]),
    signedIn(deps),
    json(emailChangeRequest),
    async (c) => {
      const { now } = c.var
      const { email, currentPassword } = c.req.valid('json')
      const owner = await reauthenticate(deps, { ...c.var, ...actorOf(c) }, currentPassword, now)
      if (!owner.ok) return answerRefusal(c, owner)
      const asked = await askEmailChange(
        deps,
        actorOf(c),
        { email, askedBy: nextDeviceKeyOf(c) },
        (trx) => consumeMailRateLimits(trx, c, { what: 'email-change', email }, now),
        now,
      )
      if (!asked.ok) return answerRefusal(c, asked)
      return c.json({ email, expiresAt: instantText(asked.value) }, 202)
    },
  )

const ends = ({ email, kind, issued_at: issuedAt }: MailLinkRow) => {
  const end = linkEnd(kind, Temporal.Instant.from(issuedAt))
  return { email, expiresAt: end ? instantText(end) : '' }
}

const tokenOfSession = (c: Context) => getCookie(c, SESSION_COOKIE)

/** The link of an e-mail change to the new address. It completes the change together with a session of that account, or its password. */
export const emailChangeRoutes = (deps: ServiceDeps) => {
  const { db, clock } = deps
  return new Hono()
    .get(
      '/:token',
      describe('Look at the link of an e-mail change; changes nothing', { 200: emailChangeLinkReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const now = clock.now()
        const opened = await openEmailLink(db, 'email-change', c.req.param('token'), now)
        if (!opened.ok) return answerRefusal(c, opened)
        const { link, account } = opened.value
        const token = tokenOfSession(c)
        const session = token === undefined ? null : await findSession(db, token)
        return c.json({ ...ends(link), needsPassword: !opensAccount(session, account, now) }, 200)
      },
    )
    .post(
      '/:token/completion',
      describe(
        'Put the address of the link in place; needs an open session of that account, or its password',
        { 200: emailChangedReply },
        ['request.invalid', 'link.unknown', 'link.used', 'link.expired', 'password.needed', 'session.locked'],
      ),
      json(emailChangeCompletion),
      async (c) => {
        const token = tokenOfSession(c)
        const changed = await completeEmailChange(
          deps,
          {
            token: c.req.param('token'),
            sessionHash: token === undefined ? undefined : hashToken(token),
            currentPassword: c.req.valid('json').currentPassword,
            device: deviceOf(c),
          },
          clock.now(),
        )
        if (!changed.ok) return answerRefusal(c, changed)
        return c.json({ email: changed.value }, 200)
      },
    )
}

/** The link to the old address: it undoes an e-mail change for 7 days (ours). Whoever had the address before needs nothing else. */
export const emailUndoRoutes = (deps: ServiceDeps) => {
  const { db, clock } = deps
  return new Hono()
    .get(
      '/:token',
      describe('Look at the link that undoes an e-mail change; changes nothing', { 200: emailLinkReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const opened = await openEmailLink(db, 'email-undo', c.req.param('token'), clock.now())
        return opened.ok ? c.json(ends(opened.value.link), 200) : answerRefusal(c, opened)
      },
    )
    .post(
      '/:token/completion',
      describe('Put the earlier address back; ends all sessions', { 200: emailChangedReply }, [
        'link.unknown',
        'link.used',
        'link.expired',
      ]),
      async (c) => {
        const wish = { token: c.req.param('token'), device: deviceOf(c) }
        const undone = await undoEmailChange(deps, wish, clock.now())
        if (!undone.ok) return answerRefusal(c, undone)
        return c.json({ email: undone.value }, 200)
      },
    )
}
