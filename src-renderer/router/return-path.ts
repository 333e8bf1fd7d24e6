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
