import { inflateSync } from 'node:zlib'

/** What stands in the compressed streams of a PDF that hold objects. */
function objectStreams(pdf: Buffer): string[] {
  const text = pdf.toString('latin1')
  return [...text.matchAll(/\/Type\s*\/ObjStm[^]*?stream\r?\n/g)].map((match) => {
    const begin = match.index + match[0].length
    return inflateSync(pdf.subarray(begin, text.indexOf('endstream', begin))).toString('latin1')
  })
}

/** How many sheets of paper a PDF is. */
export function sheetsOf(pdf: Buffer): number {
  const pages = [pdf.toString('latin1'), ...objectStreams(pdf)].join('\n').match(/\/Type\s*\/Page(?![a-zA-Z])/g)
  if (!pages) throw new Error('This is no PDF that is understood here')
  return pages.length
}
