import type { RouteRecordRaw } from 'vue-router'

/** The applications and certificates of who is signed in. */
export const certificateRoutes: RouteRecordRaw[] = [
  {
    path: '/receipts',
    name: 'certificate.receipts',
    component: () => import('../screens/certificate/receipts/ReceiptListScreen.vue'),
    meta: { title: 'layout.screen.certificate.receipts', session: true, parents: ['account.my-page'] },
  },
  {
    path: '/receipts/:link',
    name: 'certificate.receipt-link',
    component: () => import('../screens/certificate/receipts/ReceiptListScreen.vue'),
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
]
