import type { Router } from 'vue-router'

/** The screen to go back to after the login, from the query `to`; null for anything that is not a path of this program. */
export function returnPath(to: unknown): string | null {
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return null
  return /^\/log(in|out)\b/.test(to) || isStaffPath(to) ? null : to
}

/** The same for staff: only screens behind the counter (DESIGN §9). */
export function staffReturnPath(to: unknown): string | null {
  return typeof to === 'string' && isStaffPath(to) && !/^\/staff\/login\b/.test(to) ? to : null
}

/** Whether a path is one of the screens behind the counter, which have a frame and a session of their own. */
export function isStaffPath(path: string): boolean {
  return /^\/staff(?![^/?#])/.test(path)
}

/** The session has ended: a screen that needs one gives way to the login, which leads back to it. Others stay. */
export async function leadToLogin(router: Router): Promise<void> {
  const { meta, fullPath } = router.currentRoute.value
  if (meta.session) await router.replace({ name: 'session.login', query: { to: fullPath } })
}

/** The session of staff has ended: a screen behind the counter gives way to their login, which leads back to it. */
export async function leadToStaffLogin(router: Router): Promise<void> {
  const { meta, fullPath } = router.currentRoute.value
  if (meta.needsStaff) await router.replace({ name: 'staff.login', query: { to: fullPath } })
}

/** Signed in elsewhere (another tab): the login gives way to the screen behind it. */
export function leadFromLogin(router: Router): void {
  const { name, query } = router.currentRoute.value
  if (name === 'session.login') void router.replace(returnPath(query['to']) ?? { name: 'certificate.receipts' })
}
