import { create } from 'qrcode'

/** A QR code as a drawing: a square of `size` modules with its quiet zone, and the path of the dark ones. */
export interface QrDrawing {
  size: number
  path: string
}

/** ISO 18004: as many light modules around the code. */
const QUIET = 4

/** Draws a text as a QR code of the lowest correction, which keeps its modules large; a clean print needs no more. */
export function drawQrCode(text: string): QrDrawing {
  const { modules } = create(text, { errorCorrectionLevel: 'L' })
  let path = ''
  for (let row = 0; row < modules.size; row += 1)
    for (let column = 0; column < modules.size; column += 1) {
      let length = 0
      while (column + length < modules.size && modules.get(row, column + length)) length += 1
      if (length > 0) path += `M${column + QUIET} ${row + QUIET}h${length}v1h-${length}z`
      column += length
    }
  return { size: modules.size + 2 * QUIET, path }
}
