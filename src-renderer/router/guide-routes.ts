import type { RouteRecordRaw } from 'vue-router'

/** What is for everybody: where everything begins, what helps, what is read. */
export const guideRoutes: RouteRecordRaw[] = [
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
    path: '/:path(.*)*',
    name: 'guide.not-found',
    component: () => import('../screens/guide/NotFoundScreen.vue'),
    meta: { title: 'layout.screen.guide.not-found' },
  },
]
