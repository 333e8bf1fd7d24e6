interface Area {
  x: number
  y: number
  width: number
  height: number
}

/** The displays that the test has put on the desk (`STAND_IN_DISPLAYS`, the main one first); else one of the usual size. */
const areas = JSON.parse(
  process.env['STAND_IN_DISPLAYS'] ?? '[{ "x": 0, "y": 0, "width": 1920, "height": 1040 }]',
) as Area[]
const displays = areas.map((workArea, index) => ({ id: index + 1, workArea, bounds: workArea, scaleFactor: 1 }))

export const screen = {
  getPrimaryDisplay: () => displays[0],
  // Electron does not say in which order they come.
  getAllDisplays: () => displays.toReversed(),
}
