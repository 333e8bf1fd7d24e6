import { nextTick } from 'vue'
import type { Router } from 'vue-router'
import { isStaffPath, leadToLogin, leadToStaffLogin } from '../composables/session/login-redirect'
import { usePreferences } from '../stores/preferences'
import { useSession } from '../stores/session/session'
import { showStartFailure } from './start-failure'

/** Whoever has pressed Back does not look at an empty page for longer than this. */
const PATIENCE_MS = 5_000

const root = document.documentElement
const hide = () => {
  root.dataset['away'] = ''
}
const show = () => {
  delete root.dataset['away']
}

/** The session of staff is another store; most pages never load it. */
async function personBehind(router: Router) {
  const { path, meta } = router.currentRoute.value
  if (isStaffPath(path)) {
    const staff = (await import('../stores/session/staff-session')).useStaffSession()
    return {
      name: () => staff.current?.loginName,
      refresh: staff.refresh,
      forget: staff.forget,
      leave: () => leadToStaffLogin(router),
      isNeeded: meta.needsStaff === true,
    }
  }
  const session = useSession()
  return {
    name: () => session.current?.userId,
    refresh: session.refresh,
    forget: session.forget,
    leave: () => leadToLogin(router),
    isNeeded: meta.session === true,
  }
}

/** Whether the page as it stands may be seen again, by the one who is signed in now. */
async function mayBeSeen(router: Router): Promise<boolean> {
  const person = await personBehind(router)
  const before = person.name()
  if (before === undefined) return true
  const patience = new Promise<false>((done) => setTimeout(() => done(false), PATIENCE_MS))
  if (await Promise.race([person.refresh(), patience])) {
    if (person.name() === before) return true
    // Somebody else has signed in meanwhile: nothing of this page is theirs.
    if (person.name() !== undefined) {
      location.reload()
      return false
    }
    await person.leave()
  } else if (person.isNeeded) {
    showStartFailure(usePreferences().language)
    return false
  } else person.forget()
  await nextTick()
  return true
}

/**
 * A browser may keep a page as it was left, and show it again by Back although its reader has logged out elsewhere meanwhile (Safari does so with pages
 * that must not be stored, too). Such a page is hidden when it is left, and shown again when the service has said that who was signed in still is. Answers
 * its undo.
 */
export function watchReturn(router: Router): () => void {
  let asking = false
  const returned = async () => {
    hide()
    if (asking) return
    asking = true
    try {
      if (await mayBeSeen(router)) show()
    } catch {
      showStartFailure(usePreferences().language)
    } finally {
      asking = false
    }
  }
  const onHide = ({ persisted }: PageTransitionEvent) => {
    if (persisted) hide()
  }
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void returned()
  }
  const onResume = () => void returned()
  addEventListener('pagehide', onHide)
  addEventListener('pageshow', onShow)
  document.addEventListener('freeze', hide)
  document.addEventListener('resume', onResume)
  return () => {
    removeEventListener('pagehide', onHide)
    removeEventListener('pageshow', onShow)
    document.removeEventListener('freeze', hide)
    document.removeEventListener('resume', onResume)
    show()
  }
}
