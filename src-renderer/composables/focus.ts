/** Puts the focus on the heading of the shown screen, or on its main part where it has none yet; the view stays. */
export function focusScreen(): void {
  const heading = document.querySelector<HTMLElement>('main h1') ?? document.querySelector<HTMLElement>('main')
  heading?.focus({ preventScroll: true })
}
