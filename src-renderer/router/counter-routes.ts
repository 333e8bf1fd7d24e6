import type { RouteRecordRaw } from 'vue-router'

/** What is behind the counter, and the administration (DESIGN §9). */
export const counterRoutes: RouteRecordRaw[] = [
  {
    path: '/staff/login',
    name: 'staff.login',
    component: () => import('../screens/staff-session/StaffLoginScreen.vue'),
    meta: { title: 'layout.screen.staff.login' },
  },
  {
    path: '/staff',
    name: 'application.list',
    component: () => import('../screens/application/work-list/WorkListScreen.vue'),
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
    component: () => import('../screens/issue/IssueScreen.vue'),
    meta: { title: 'layout.screen.application.issue', needsStaff: true, parents: ['application.read'] },
  },
  {
    path: '/staff/applications/:id/reissue',
    name: 'application.reissue',
    component: () => import('../screens/issue/IssueScreen.vue'),
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
    component: () => import('../screens/issue/ImportScreen.vue'),
    meta: { title: 'layout.screen.application.import', needsStaff: true },
  },
  {
    path: '/staff/admin',
    name: 'admin.numbers',
    component: () => import('../screens/numbers/NumbersScreen.vue'),
    meta: { title: 'layout.screen.admin.numbers', needsStaff: true },
  },
  {
    path: '/staff/admin/announcements',
    name: 'admin.announcements',
    component: () => import('../screens/announcement/AnnouncementsScreen.vue'),
    meta: { title: 'layout.screen.admin.announcements', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/announcements/new',
    name: 'admin.announcement.new',
    component: () => import('../screens/announcement/AnnouncementEditScreen.vue'),
    meta: {
      title: 'layout.screen.admin.announcement.new',
      needsStaff: true,
      parents: ['admin.numbers', 'admin.announcements'],
    },
  },
  {
    path: '/staff/admin/announcements/:id',
    name: 'admin.announcement',
    component: () => import('../screens/announcement/AnnouncementEditScreen.vue'),
    meta: {
      title: 'layout.screen.admin.announcement',
      needsStaff: true,
      parents: ['admin.numbers', 'admin.announcements'],
    },
  },
  {
    path: '/staff/admin/people',
    name: 'admin.people',
    component: () => import('../screens/staff/PeopleScreen.vue'),
    meta: { title: 'layout.screen.admin.people', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mail-settings',
    name: 'admin.mail-settings',
    component: () => import('../screens/mail-settings/MailSettingsScreen.vue'),
    meta: { title: 'layout.screen.admin.mail-settings', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mails',
    name: 'admin.mails',
    component: () => import('../screens/outbox/OutboxScreen.vue'),
    meta: { title: 'layout.screen.admin.mails', needsStaff: true, parents: ['admin.numbers'] },
  },
  {
    path: '/staff/admin/mails/:id',
    name: 'admin.mail',
    component: () => import('../screens/outbox/OutboxMailScreen.vue'),
    meta: { title: 'layout.screen.admin.mail', needsStaff: true, parents: ['admin.numbers', 'admin.mails'] },
  },
  {
    path: '/staff/admin/audit',
    name: 'admin.audit',
    component: () => import('../screens/audit/AuditScreen.vue'),
    meta: { title: 'layout.screen.admin.audit', needsStaff: true, parents: ['admin.numbers'] },
  },
]
