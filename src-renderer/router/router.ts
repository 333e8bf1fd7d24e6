import { createMemoryHistory, createRouter, createWebHistory, type RouterHistory } from 'vue-router'
import { loadFrame } from '../components/layout/frames'
import { kioskMode } from '../composables/kiosk-mode'
import { isStaffPath, returnPath, staffReturnPath } from '../composables/session/login-redirect'
import { useSession } from '../stores/session/session'
import { routes } from './routes'

/** How long a screen may take to grow to where it was scrolled before. */
const GROW_MS = 2_000

/** Done when the page is high enough to be scrolled to `top` again (its data has come), or after two seconds. */
function grown(top: number): Promise<void> {
  const root = document.documentElement
  const highEnough = () => root.scrollHeight - root.clientHeight >= top
  if (highEnough() || !('ResizeObserver' in globalThis)) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      watching.disconnect()
      clearTimeout(patience)
      resolve()
    }
    const watching = new ResizeObserver(() => {
      if (highEnough()) done()
    })
    const patience = setTimeout(done, GROW_MS)
    watching.observe(document.body)
  })
}

/** A kiosk begins on its start screen, and its browser keeps no address of where a visitor has been. */
function kioskHistory(): RouterHistory {
  const history = createMemoryHistory()
  history.replace('/kiosk')
  return history
}

/** Most pages never stand behind the counter. */
const staffSession = async () => (await import('../stores/session/staff-session')).useStaffSession()

/** The ways between the screens: Back and Forward restore the position; a screen that needs a session leads through the login. */
export function createScreens(history: RouterHistory = kioskMode() ? kioskHistory() : createWebHistory()) {
  const router = createRouter({
    history,
    routes,
    async scrollBehavior(to, from, saved) {
      if (saved) {
        await grown(saved.top)
        return saved
      }
      // Another page of the same list, another answer of the same screen: the reader stays where he is.
      if (to.path === from.path) return false
      return { top: 0 }
    },
  })

  // Staff work at machines of their own.
  router.beforeEach((to) => {
    const closed = kioskMode() ? isStaffPath(to.path) : to.name === 'kiosk.start'
    return closed ? { name: 'top' } : true
  })

  router.beforeEach(async (to) => {
    if (!isStaffPath(to.path)) return true
    const [staff] = await Promise.all([staffSession(), loadFrame.counter()])
    await staff.ready()
    if (to.meta.needsStaff && !staff.signedIn) return { name: 'staff.login', query: { to: to.fullPath } }
    if (to.name === 'staff.login' && staff.signedIn)
      return staffReturnPath(to.query['to']) ?? { name: 'application.list' }
    return true
  })

  router.beforeEach(async (to) => {
    const session = useSession()
    if (to.meta.session || to.name === 'session.login') await session.ready()
    if (to.meta.session && !session.signedIn) return { name: 'session.login', query: { to: to.fullPath } }
    if (to.name === 'session.login' && session.signedIn)
      return returnPath(to.query['to']) ?? { name: 'certificate.receipts' }
    return true
  })

  router.afterEach(async (to, from, failure) => {
    if (failure || from.matched.length === 0 || to.fullPath === from.fullPath) return
    const session = isStaffPath(to.path) ? await staffSession() : useSession()
    await session.moved()
  })

  return router
}
