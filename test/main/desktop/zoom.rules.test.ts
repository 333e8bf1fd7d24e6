import { describe, expect, it } from 'vitest'
import { fittingZoom, zoomAfter } from '#main/desktop/zoom.rules'

describe('the zoom', () => {
  it.each([
    { from: 100, wish: 'in', to: 110 },
    { from: 100, wish: 'out', to: 90 },
    { from: 250, wish: 'in', to: 300 },
    { from: 300, wish: 'in', to: 300 },
    { from: 67, wish: 'out', to: 50 },
    { from: 50, wish: 'out', to: 50 },
    { from: 120, wish: 'in', to: 125 },
    { from: 120, wish: 'out', to: 110 },
    { from: 175, wish: 'reset', to: 100 },
  ] as const)('of $from % is $to % after "$wish"', ({ from, wish, to }) => {
    expect(zoomAfter(from, wish)).toBe(to)
  })

  it.each([
    { width: 1180, zoom: 300, shown: 300 },
    { width: 960, zoom: 300, shown: 300 },
    { width: 959, zoom: 300, shown: 299 },
    { width: 640, zoom: 300, shown: 200 },
    { width: 640, zoom: 150, shown: 150 },
    { width: 300, zoom: 200, shown: 100 },
    { width: 300, zoom: 50, shown: 50 },
  ])('of $zoom % is shown as $shown % in $width pixels', ({ width, zoom, shown }) => {
    expect(fittingZoom(zoom, width)).toBe(shown)
  })
})
