import type { RouteRecordRaw } from 'vue-router'

/** An account: how it comes to be, is found again, entered, changed and left. */
export const accountRoutes: RouteRecordRaw[] = [
  {
    path: '/register',
    name: 'account.register.terms',
    component: () => import('../screens/registration/RegisterTermsScreen.vue'),
    meta: { title: 'layout.screen.account.register.terms' },
  },
  {
    path: '/register/email',
    name: 'account.register.email',
    component: () => import('../screens/registration/RegisterEmailScreen.vue'),
    meta: { title: 'layout.screen.account.register.email', parents: ['account.register.terms'] },
  },
  {
    path: '/register/sent',
    name: 'account.register.sent',
    component: () => import('../screens/registration/RegisterMailSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.register.sent',
      parents: ['account.register.terms', 'account.register.email'],
    },
  },
  {
    path: '/register/complete',
    name: 'account.register.complete',
    component: () => import('../screens/registration/RegisterCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.register.complete' },
  },
  {
    path: '/register/:token',
    name: 'account.register.form',
    component: () => import('../screens/registration/RegisterScreen.vue'),
    meta: { title: 'layout.screen.account.register.form' },
  },
  {
    path: '/register/:token/confirm',
    name: 'account.register.confirm',
    component: () => import('../screens/registration/RegisterConfirmScreen.vue'),
    meta: { title: 'layout.screen.account.register.confirm', parents: ['account.register.form'] },
  },
  {
    path: '/code',
    name: 'account.code',
    component: () => import('../screens/mail-link/CodeScreen.vue'),
    meta: { title: 'layout.screen.account.code' },
  },
  {
    path: '/forgot-id',
    name: 'account.forgot-id',
    component: () => import('../screens/recovery/ForgotIdScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-id', parents: ['session.login'] },
  },
  {
    path: '/forgot-id/sent',
    name: 'account.forgot-id.sent',
    component: () => import('../screens/recovery/ForgotIdSentScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-id.sent', parents: ['session.login', 'account.forgot-id'] },
  },
  {
    path: '/forgot-password',
    name: 'account.forgot-password',
    component: () => import('../screens/recovery/ForgotPasswordScreen.vue'),
    meta: { title: 'layout.screen.account.forgot-password', parents: ['session.login'] },
  },
  {
    path: '/forgot-password/sent',
    name: 'account.forgot-password.sent',
    component: () => import('../screens/recovery/ForgotPasswordSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.forgot-password.sent',
      parents: ['session.login', 'account.forgot-password'],
    },
  },
  {
    path: '/password-reset/complete',
    name: 'account.password-reset.complete',
    component: () => import('../screens/recovery/PasswordResetCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.password-reset.complete' },
  },
  {
    path: '/password-reset/:token',
    name: 'account.password-reset',
    component: () => import('../screens/recovery/PasswordResetScreen.vue'),
    meta: { title: 'layout.screen.account.password-reset' },
  },
  {
    path: '/email-change/:token',
    name: 'account.email-change',
    component: () => import('../screens/email-change/EmailChangeScreen.vue'),
    meta: { title: 'layout.screen.account.email-change' },
  },
  {
    path: '/email-undo/:token',
    name: 'account.email-undo',
    component: () => import('../screens/email-change/EmailUndoScreen.vue'),
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
    component: () => import('../screens/email-change/EmailEntryScreen.vue'),
    meta: { title: 'layout.screen.account.email', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/email/sent',
    name: 'account.email.sent',
    component: () => import('../screens/email-change/EmailMailSentScreen.vue'),
    meta: {
      title: 'layout.screen.account.email.sent',
      session: true,
      parents: ['account.my-page', 'account.details', 'account.email'],
    },
  },
  {
    path: '/my-page/password',
    name: 'account.password',
    component: () => import('../screens/password/PasswordChangeScreen.vue'),
    meta: { title: 'layout.screen.account.password', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/change',
    name: 'account.change',
    component: () => import('../screens/account/details-change/DetailsChangeScreen.vue'),
    meta: { title: 'layout.screen.account.change', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/change/confirm',
    name: 'account.change.confirm',
    component: () => import('../screens/account/details-change/DetailsChangeConfirmScreen.vue'),
    meta: {
      title: 'layout.screen.account.change.confirm',
      session: true,
      parents: ['account.my-page', 'account.details', 'account.change'],
    },
  },
  {
    path: '/my-page/changed',
    name: 'account.changed',
    component: () => import('../screens/account/details-change/ChangeCompleteScreen.vue'),
    meta: { title: 'layout.screen.account.changed', session: true, parents: ['account.my-page', 'account.details'] },
  },
  {
    path: '/my-page/activity',
    name: 'account.activity',
    component: () => import('../screens/activity/ActivityScreen.vue'),
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
    component: () => import('../screens/account/export/DataScreen.vue'),
    meta: { title: 'layout.screen.account.data', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/not-me',
    name: 'account.not-me',
    component: () => import('../screens/activity/NotMeScreen.vue'),
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
]
