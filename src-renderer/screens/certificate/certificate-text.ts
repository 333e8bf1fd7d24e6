import type { CertificateView } from '#contract/http/certificate/certificate-view'

/** The text of a row of the certificate: `氏名 / Name: NGUYEN VAN AN`, whatever lines its value has. */
const line = (label: { ja: string; en: string }, values: string[]) => `${label.ja} / ${label.en}: ${values.join(' ')}`

/**
 * The certificate as plain text: a fact a line, numbers and names sign for sign, at the end the signed line by which anybody can
 * check the text.
 */
export function certificateText({ title, numberLabel, certificateNumber, facts, code }: CertificateView): string {
  const signed = code?.split('\n').at(-1)
  return [
    `${title.ja} / ${title.en}`,
    line(numberLabel, [certificateNumber]),
    ...facts.map(({ label, lines }) =>
      line(
        label,
        lines.map(({ text }) => text),
      ),
    ),
    ...(signed ? [signed] : []),
  ].join('\n')
}

/** How tightly a sheet is set, so that the longest certificate stays on one page of A4: by the room that its values take. */
export function sheetDensity({ facts }: CertificateView): 'normal' | 'dense' | 'densest' {
  const room = facts
    .flatMap(({ lines }) => lines)
    .reduce((sum, { text }) => sum + [...text].reduce((width, sign) => width + (sign < '\u1100' ? 0.7 : 1), 0), 0)
  return room < 450 ? 'normal' : room < 800 ? 'dense' : 'densest'
}
