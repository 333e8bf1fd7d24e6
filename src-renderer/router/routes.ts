import type { RouteRecordRaw } from 'vue-router'
import type { MessageKey } from '../i18n/catalogues'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the screen's name: h1, document title and last part of the breadcrumb. */
    title: MessageKey
    /** The screen can only be seen signed in; without a session the way leads through the login back to it. */
    session?: true
    /** A screen behind the counter: seen by signed-in staff only, with a login of their own (DESIGN §9). */
    needsStaff?: true
    /** Names of the routes between ホーム and this screen in the breadcrumb. */
    parents?: string[]
  }
}

/** All screens, by the manual's names. To add one: a line here, its name in layout.json, its file in screens/. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/kiosk',
    name: 'kiosk.start',
    component: () => import('../screens/kiosk/KioskStartScreen.vue'),
    meta: { title: 'layout.screen.kiosk.start' },
  },
  {
    path: '/',
    name: 'top',
    component: () => import('../screens/top/TopScreen.vue'),
    meta: { title: 'layout.screen.top' },
  },
  {
    path: '/announcements',
    name: 'announcement.list',
    component: () => import('../screens/announcement/AnnouncementListScreen.vue'),
    meta: { title: 'layout.screen.announcement.list' },
  },
  {
    path: '/announcements/:id',
    name: 'announcement.read',
    component: () => import('../screens/announcement/AnnouncementScreen.vue'),
    meta: { title: 'layout.screen.announcement.read', parents: ['announcement.list'] },
  },
  {
    path: '/procedures',
    name: 'guide.procedures',
    component: () => import('../screens/guide/ProcedureSearchScreen.vue'),
    meta: { title: 'layout.screen.guide.procedures' },
  },
  {
    path: '/contact',
    name: 'guide.contact',
    component: () => import('../screens/guide/ContactScreen.vue'),
    meta: { title: 'layout.screen.guide.contact' },
  },
  {
    path: '/support',
    name: 'guide.support',
    component: () => import('../screens/guide/SupportScreen.vue'),
    meta: { title: 'layout.screen.guide.support', parents: ['guide.contact'] },
  },
  {
    path: '/register',
    name: 'account.register.terms',
    component: () => import('../screens/account/RegisterTermsScreen.vue'),
    meta: { title: 'layout.screen.account.register.terms' },
  },
  {
    path: '/register/email',
    name: 'account.register.email',
    component: () => import('../screens/account/RegisterEmailScreen.vue'),
    meta: { title: 'layout.screen.account.register.email', parents: ['account.register.terms'] },
  },
  {
    path: '/register/sent',
    name: 'account.register.sent',
    component: () => import('../screens/account/RegisterMailSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.register.sent',
      parents: ['account.register.terms', 'account.register.email'],
    },
  },
  {
    path: '/register/complete',
    name: 'account.register.complete',
    component: () => import('../screens/account/RegisterCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.register.complete' },
  },
  {
    path: '/register/:token',
    name: 'account.register.form',
    component: () => import('../screens/account/RegisterScreen.vue'),
    meta: { title: 'layout.screen.account.register.form' },
  },
  {
    path: '/register/:token/confirm',
    name: 'account.register.confirm',
    component: () => import('../screens/account/RegisterConfirmScreen.vue'),
    meta: { title: 'layout.screen.account.register.confirm', parents: ['account.register.form'] },
  },
  {
    path: '/code',
    name: 'account.code',
    component: () => import('../screens/account/CodeScreen.vue'),
    meta: { title: 'layout.screen.account.code' },
  },
  {
    path: '/forgot-id',
    name: 'account.forgot-id',
    component: () => import('../screens/account/ForgotIdScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-id', parents: ['session.login'] },
  },
  {
    path: '/forgot-id/sent',
    name: 'account.forgot-id.sent',
    component: () => import('../screens/account/ForgotIdSentScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-id.sent', parents: ['session.login', 'account.forgot-id'] },
  },
  {
    path: '/forgot-password',
    name: 'account.forgot-password',
    component: () => import('../screens/account/ForgotPasswordScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-password', parents: ['session.login'] },
  },
  {
    path: '/forgot-password/sent',
    name: 'account.forgot-password.sent',
    component: () => import('../screens/account/ForgotPasswordSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.forgot-password.sent',
      parents: ['session.login', 'account.forgot-password'],
    },
  },
  {
    path: '/password-reset/complete',
    name: 'account.password-reset.complete',
    component: () => import('../screens/account/PasswordResetCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.password-reset.complete' },
  },
  {
    path: '/password-reset/:token',
    name: 'account.password-reset',
    component: () => import('../screens/account/PasswordResetScreen.vue'),
    meta: { title: 'layout.screen.account.password-reset' },
  },
  {
    path: '/email-change/:token',
    name: 'account.email-change',
    component: () => import('../screens/account/EmailChangeScreen.vue'),
    meta: { title: 'layout.screen.account.email-change' },
  },
  {
    path: '/email-undo/:token',
    name: 'account.email-undo',
    component: () => import('../screens/account/EmailUndoScreen.vue'),
    meta: { title: 'layout.screen.account.email-undo' },
  },
  {
    path: '/my-page',
    name: 'account.my-page',
    component: () => import('../screens/account/MyPageScreen.vue'),
    meta: { title: 'layout.screen.account.my-page', session: true },
  },
  {
    path: '/my-page/details',
    name: 'account.details',
    component: () => import('../screens/account/AccountDetailsScreen.vue'),
    meta: { title: 'layout.screen.account.details', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/my-page/email',
    name: 'account.email',
    component: () => import('../screens/account/EmailEntryScreen.vue'),
    meta: { title: 'layout.screen.account.email', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/email/sent',
    name: 'account.email.sent',
    component: () => import('../screens/account/EmailMailSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.email.sent',
      session: true,
      parents: ['account.my-page', 'account.details', 'account.email'],
    },
  },
  {
    path: '/my-page/password',
    name: 'account.password',
    component: () => import('../screens/account/PasswordChangeScreen.vue'),
    meta: { title: 'layout.screen.account.password', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/change',
    name: 'account.change',
    component: () => import('../screens/account/DetailsChangeScreen.vue'),
    meta: { title: 'layout.screen.account.change', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/change/confirm',
    name: 'account.change.confirm',
    component: () => import('../screens/account/DetailsChangeConfirmScreen.vue'),
    meta: {
      title: 'layout.screen.account.change.confirm',
      session: true,
      parents: ['account.my-page', 'account.details', 'account.change'],
    },
  },
  {
    path: '/my-page/changed',
    name: 'account.changed',
    component: () => import('../screens/account/ChangeCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.changed', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/activity',
    name: 'account.activity',
    component: () => import('../screens/account/ActivityScreen.vue'),
    meta: { title: 'layout.screen.account.activity', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/my-page/mail-check',
    name: 'account.mail-check',
    component: () => import('../screens/account/MailCheckScreen.vue'),
    meta: { title: 'layout.screen.account.mail-check', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/my-page/data',
    name: 'account.data',
    component: () => import('../screens/account/DataScreen.vue'),
    meta: { title: 'layout.screen.account.data', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/not-me',
    name: 'account.not-me',
    component: () => import('../screens/account/NotMeScreen.vue'),
    meta: { title: 'layout.screen.account.not-me' },
  },
  {
    path: '/login',
    name: 'session.login',
    component: () => import('../screens/session/LoginScreen.vue'),
    meta: { title: 'layout.screen.session.login' },
  },
  {
    path: '/logout',
    name: 'session.logout',
    component: () => import('../screens/session/LogoutScreen.vue'),
    meta: { title: 'layout.screen.session.logout', session: true },
  },
  {
    path: '/receipts',
    name: 'certificate.receipts',
    component: () => import('../screens/certificate/ReceiptListScreen.vue'),
    meta: { title: 'layout.screen.certificate.receipts', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/receipts/:link',
    name: 'certificate.receipt-link',
    component: () => import('../screens/certificate/ReceiptListScreen.vue'),
    meta: { title: 'layout.screen.certificate.receipts', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/receipts/:number/certificate',
    name: 'certificate.read',
    component: () => import('../screens/certificate/CertificateScreen.vue'),
    meta: {
      title: 'layout.screen.certificate.read',
      session: true,
      parents: ['account.my-page', 'certificate.receipts'],
    },
  },
  {
    path: '/applications',
    name: 'certificate.applications',
    component: () => import('../screens/certificate/ApplicationStatusScreen.vue'),
    meta: { title: 'layout.screen.certificate.applications', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/verify',
    name: 'verification.check',
    component: () => import('../screens/verification/VerificationScreen.vue'),
    meta: { title: 'layout.screen.verification.check' },
  },
  {
    path: '/about',
    name: 'program.about',
    component: () => import('../screens/program/AboutScreen.vue'),
    meta: { title: 'layout.screen.program.about' },
  },
  {
    path: '/settings',
    name: 'program.settings',
    component: () => import('../screens/program/SettingsScreen.vue'),
    meta: { title: 'layout.screen.program.settings' },
  },
  {
    path: '/staff/login',
    name: 'staff.login',
    component: () => import('../screens/staff/StaffLoginScreen.vue'),
    meta: { title: 'layout.screen.staff.login' },
  },
  {
    path: '/staff',
    name: 'application.list',
    component: () => import('../screens/application/WorkListScreen.vue'),
    meta: { title: 'layout.screen.application.list', needsStaff: true },
  },
  {
    path: '/staff/applications/new',
    name: 'application.intake',
    component: () => import('../screens/application/IntakeScreen.vue'),
    meta: { title: 'layout.screen.application.intake', needsStaff: true },
  },
  {
    path: '/staff/applications/:id',
    name: 'application.read',
    component: () => import('../screens/application/ApplicationScreen.vue'),
    meta: { title: 'layout.screen.application.read', needsStaff: true },
  },
  {
    path: '/staff/applications/:id/issue',
    name: 'application.issue',
    component: () => import('../screens/application/IssueScreen.vue'),
    meta: { title: 'layout.screen.application.issue', needsStaff: true, parents: ['application.read'] },
  },
  {
    path: '/staff/applications/:id/reissue',
    name: 'application.reissue',
    component: () => import('../screens/application/IssueScreen.vue'),
    meta: { title: 'layout.screen.application.reissue', needsStaff: true, parents: ['application.read'] },
  },
  {
    path: '/staff/applications/:id/slip',
    name: 'application.slip',
    component: () => import('../screens/application/PaperScreen.vue'),
    meta: { title: 'layout.screen.application.slip', needsStaff: true, parents: ['application.read'] },
  },
  {
    path: '/staff/applications/:id/card',
    name: 'application.card',
    component: () => import('../screens/application/PaperScreen.vue'),
    meta: { title: 'layout.screen.application.card', needsStaff: true, parents: ['application.read'] },
  },
  {
    path: '/staff/import',
    name: 'application.import',
    component: () => import('../screens/application/ImportScreen.vue'),
    meta: { title: 'layout.screen.application.import', needsStaff: true },
  },
  {
    path: '/staff/admin',
    name: 'admin.numbers',
    component: () => import('../screens/admin/NumbersScreen.vue'),
    meta: { title: 'layout.screen.admin.numbers', needsStaff: true },
  },
  {
    path: '/staff/admin/announcements',
    name: 'admin.announcements',
    component: () => import('../screens/admin/AnnouncementsScreen.vue'),
    meta: { title: 'layout.screen.admin.announcements', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/announcements/new',
    name: 'admin.announcement.new',
    component: () => import('../screens/admin/AnnouncementEditScreen.vue'),
    meta: {
      title: 'layout.screen.admin.announcement.new',
      needsStaff: true,
      parents: ['admin.numbers', 'admin.announcements'],
    },
  },
  {
    path: '/staff/admin/announcements/:id',
    name: 'admin.announcement',
    component: () => import('../screens/admin/AnnouncementEditScreen.vue'),
    meta: {
      title: 'layout.screen.admin.announcement',
      needsStaff: true,
      parents: ['admin.numbers', 'admin.announcements'],
    },
  },
  {
    path: '/staff/admin/people',
    name: 'admin.people',
    component: () => import('../screens/admin/PeopleScreen.vue'),
    meta: { title: 'layout.screen.admin.people', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mail-settings',
    name: 'admin.mail-settings',
    component: () => import('../screens/admin/MailSettingsScreen.vue'),
    meta: { title: 'layout.screen.admin.mail-settings', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mails',
    name: 'admin.mails',
    component: () => import('../screens/admin/OutboxScreen.vue'),
    meta: { title: 'layout.screen.admin.mails', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mails/:id',
    name: 'admin.mail',
    component: () => import('../screens/admin/OutboxMailScreen.vue'),
    meta: { title: 'layout.screen.admin.mail', needsStaff: true, parents: ['admin.numbers', 'admin.mails'] },
  },
  {
    path: '/staff/admin/audit',
    name: 'admin.audit',
    component: () => import('../screens/admin/AuditScreen.vue'),
    meta: { title: 'layout.screen.admin.audit', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/:path(.*)*',
    name: 'guide.not-found',
    component: () => import('../screens/guide/NotFoundScreen.vue'),
    meta: { title: 'layout.screen.guide.not-found' },
  },
]
