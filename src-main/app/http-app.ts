import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { openAPIRouteHandler } from 'hono-openapi'
import { healthReply } from '#contract/http/health'
import { accountRoutes, registrationRoutes } from '../features/registration/registration.routes'
import { activityRoutes } from '../features/activity/activity.routes'
import { codeRoutes } from '../features/mail-link/code.routes'
import { emailChangeAskRoutes, emailChangeRoutes, emailUndoRoutes } from '../features/email-change/email-change.routes'
import { myPageRoutes } from '../features/my-page/my-page.routes'
import { passwordResetRoutes, userIdReminderRoutes } from '../features/recovery/recovery.routes'
import { announcementAdminRoutes } from '../features/announcement/announcement-admin.routes'
import { announcementRoutes } from '../features/announcement/announcement.routes'
import { applicationRoutes, receiptRoutes } from '../features/certificate/certificate.routes'
import { counterRoutes } from '../features/counter/counter.routes'
import { staffCertificateRoutes } from '../features/issue/issue.routes'
import { handoverRoutes } from '../features/issue/handover.routes'
import { auditRoutes } from '../features/audit/audit.routes'
import { crashReportRoutes, supportFileRoutes } from '../features/diagnostics/diagnostics.routes'
import { mailSettingsRoutes } from '../features/mail-settings/mail-settings.routes'
import { numbersRoutes } from '../features/numbers/numbers.routes'
import { outboxRoutes } from '../features/outbox/outbox.routes'
import { sessionRoutes } from '../features/session/session.routes'
import { verificationRoutes } from '../features/verification/verification.routes'
import { isWell } from '../features/diagnostics/health-monitor.query'
import { countMail } from '../mail/mailer/outbox'
import { readAlarm } from '../mail/delivery/queue-stop.repo'
import { staffAdminRoutes } from '../features/staff/staff-admin.routes'
import { staffSessionRoutes } from '../features/staff-session/staff-session.routes'
import { instantText } from '../platform/clock'
import { newIncidentNumber } from '../platform/ids'
import type { ServiceDeps } from '../http/service-deps'
import { describe } from '../http/openapi'
import { knownDevice } from '../http/cookies/device'
import {
  jsonOnly,
  knownHost,
  noStore,
  ownOrigin,
  readableAddress,
  readableBody,
  securityHeaders,
  smallBody,
  type AllowedHosts,
} from '../http/guards/guards'
import { problem } from '../http/problem'

/** `GET /health`: whether process, database and mail queue are well, and what the renderer must know at its start. */
const healthRoutes = ({ db, clock, version, training, mailer, migration, health }: ServiceDeps) =>
  new Hono().get('/', describe('Whether the service is well', { 200: healthReply }), async (c) => {
    const now = clock.now()
    const { database, ...parts } = await health.look(now)
    // Where the database cannot be read, that is what is told.
    const alarm = await readAlarm(db).catch(() => null)
    const counts = await countMail(db).catch(() => ({ queued: 0, failed: 0 }))
    return c.json(
      {
        status: isWell({ database, ...parts }) && alarm === null ? ('ok' as const) : ('degraded' as const),
        version,
        now: instantText(now),
        training,
        mailFrom: mailer.sender,
        database: { ...database, migration },
        ...parts,
        mail: { ...counts, alarm },
      },
      200,
    )
  })

const apiRoutes = (deps: ServiceDeps) =>
  new Hono()
    .route('/account', accountRoutes(deps))
    .route('/account', activityRoutes(deps))
    .route('/account', myPageRoutes(deps))
    .route('/account/email-changes', emailChangeAskRoutes(deps))
    .route('/announcements', announcementRoutes(deps))
    .route('/applications', applicationRoutes(deps))
    .route('/certificates', handoverRoutes(deps))
    .route('/codes', codeRoutes(deps))
    .route('/crash-reports', crashReportRoutes(deps))
    .route('/email-changes', emailChangeRoutes(deps))
    .route('/email-undos', emailUndoRoutes(deps))
    .route('/health', healthRoutes(deps))
    .route('/password-resets', passwordResetRoutes(deps))
    .route('/receipts', receiptRoutes(deps))
    .route('/registrations', registrationRoutes(deps))
    .route('/session', sessionRoutes(deps))
    .route('/staff', counterRoutes(deps))
    .route('/staff/announcements', announcementAdminRoutes(deps))
    .route('/staff/audit', auditRoutes(deps))
    .route('/staff/certificates', staffCertificateRoutes(deps))
    .route('/staff/mail-settings', mailSettingsRoutes(deps))
    .route('/staff/mails', outboxRoutes(deps))
    .route('/staff/numbers', numbersRoutes(deps))
    .route('/staff/people', staffAdminRoutes(deps))
    .route('/staff/session', staffSessionRoutes(deps))
    .route('/support-files', supportFileRoutes(deps))
    .route('/user-id-reminders', userIdReminderRoutes(deps))
    .route('/verification-key', verificationRoutes(deps))

/** The whole service behind one `fetch`; what is not the API is answered by `files` (the renderer), where there is one. */
export function createApp(
  deps: ServiceDeps,
  allowedHosts: AllowedHosts,
  files?: (request: Request) => Promise<Response>,
) {
  const app = new Hono()
  app.use(securityHeaders, knownHost(allowedHosts))
  app.use(
    '/api/*',
    noStore,
    knownDevice(deps),
    ownOrigin(allowedHosts),
    jsonOnly,
    readableAddress,
    smallBody,
    readableBody,
  )
  app.use('/api/*', async (c, next) => {
    await next()
    deps.log.debug({ method: c.req.method, route: routePath(c), status: c.res.status }, 'answered')
  })
  const api = apiRoutes(deps)
  app.route('/api/v1', api)
  app.get(
    '/api/v1/openapi.json',
    openAPIRouteHandler(api, {
      documentation: {
        openapi: '3.1.0',
        info: { title: 'zairyu', version: deps.version, description: 'Certificates of Eligibility by e-mail' },
        servers: [{ url: '/api/v1' }],
      },
    }),
  )
  app.all('/api/*', (c) => problem(c, 'route.unknown'))
  if (files) app.all('*', (c) => files(c.req.raw))
  app.notFound((c) => problem(c, 'route.unknown'))
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status < 500) return problem(c, 'request.malformed')
    const incident = newIncidentNumber()
    deps.health.note(error)
    deps.log.error({ err: error, incident, method: c.req.method, route: routePath(c), status: 500 }, 'request failed')
    return problem(c, 'service.failed', { incident })
  })
  return app
}
