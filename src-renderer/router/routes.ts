import type { RouteRecordRaw } from 'vue-router'
import type { MessageKey } from '../i18n/catalogues'
import { accountRoutes } from './account-routes'
import { certificateRoutes } from './certificate-routes'
import { counterRoutes } from './counter-routes'
import { guideRoutes } from './guide-routes'

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

/** All screens, by the manual's names. To add one: a line in the file of its part, its name in layout.json, its file in screens/. */
export const routes: RouteRecordRaw[] = [...guideRoutes, ...accountRoutes, ...certificateRoutes, ...counterRoutes]
