/** The screen to go back to after the login, from the query `to`; null for anything that is not a path of this program. */
export function returnPath(to: unknown): string | null {
  if (typeof to !== 'string' || !/^\/(?![/\\])/.test(to)) return null
  return /^\/log(in|out)\b/.test(to) ? null : to
}
