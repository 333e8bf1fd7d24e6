/** Ours: the steps of a browser, in percent, as far as the layout is made for. */
const STEPS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const

export const USUAL_ZOOM = 100
export const LEAST_ZOOM = STEPS[0]
export const MOST_ZOOM = 300

/** DESIGN §7: the narrowest page that works, in CSS pixels. */
const NARROWEST_PAGE = 320

export type ZoomWish = 'in' | 'out' | 'reset'

/** The zoom in percent after one more press; at the ends it stays. */
export function zoomAfter(percent: number, wish: ZoomWish): number {
  if (wish === 'reset') return USUAL_ZOOM
  return wish === 'in'
    ? (STEPS.find((step) => step > percent) ?? MOST_ZOOM)
    : (STEPS.findLast((step) => step < percent) ?? LEAST_ZOOM)
}

/** The zoom that is shown in a window of this width: in a narrow one not more than leaves the page room enough. */
export function fittingZoom(percent: number, width: number): number {
  return Math.min(percent, Math.max(USUAL_ZOOM, Math.floor((width / NARROWEST_PAGE) * 100)))
}
