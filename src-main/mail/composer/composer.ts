import type { Language } from '#domain/language'
import { withoutMarks } from '../mailer/japanese'
import { escapeHtml, placeholder, withoutPlaceholders } from '../mailer/placeholder'
import { sayAll, type Part, type Passage } from './texts'

/** One row of facts; the lines of a value are never translated, whatever language they are in. */
export interface Fact {
  label: Passage[]
  lines: { text: string; language?: Language }[]
}

/** A piece of a mail. Text and HTML are both made from it, so they say the same. */
export type Block =
  | { kind: 'title'; passages: Passage[] }
  | { kind: 'heading'; passages: Passage[] }
  | { kind: 'paragraph'; passages: Passage[] }
  | { kind: 'steps'; items: Passage[] }
  /** A number that is the subject of the mail: large, alone. */
  | { kind: 'plate'; label: Passage[]; value: string }
  | { kind: 'facts'; rows: Fact[] }
  /** A button, the same link in print and, where the mail has a code, the code that does the same. */
  | { kind: 'link'; label: Passage[]; path: Part[]; filled: boolean; code?: { label: Passage[]; use: Passage[] } }
  /** Signs for a program, in groups: a line may end between any two of them. */
  | { kind: 'signed-line'; value: string }
  /** Marked at the side: for somebody else than the reader meant above. Title and text run on in each language. */
  | { kind: 'notice'; notes: { title: Passage; text: Passage }[] }
  /** Above it the reader's language, below it the same in Japanese. */
  | { kind: 'divider' }

/** The placeholder under which the code of a mail stands. */
export const CODE = { place: 'code' }
/** The placeholder under which the token of a mail's link stands. */
export const TOKEN = { place: 'token' }
/** The placeholder for the domain from which the mail comes. */
export const SENDER_DOMAIN = { place: 'senderDomain' }

/**
 * One line, without anything that ends a line, reverses the direction of writing, or passes for a placeholder. Names and
 * organisations come from outside and must neither forge a line of a certificate nor a header.
 */
export const oneLine = (text: string): string =>
  withoutMarks(withoutPlaceholders(text))
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()

function plainPart(part: Part): string {
  if (typeof part === 'string') return part
  return 'value' in part ? (part.written ?? oneLine(part.value)) : placeholder(part.place)
}
const plain = (passage: Passage): string => passage.parts.map(plainPart).join('')
const plainAll = (passages: Passage[], between: string): string => passages.map(plain).join(between)
const address = (path: Part[]): string => placeholder('base') + path.map(plainPart).join('')

/** The words of a text in lines of at most `width` signs, so that no mail program breaks them elsewhere. */
function inLines(text: string, width: number): string {
  return text.split(' ').reduce((lines, word) => {
    const last = lines.slice(lines.lastIndexOf('\n') + 1)
    return last === '' ? word : `${lines}${last.length + 1 + word.length > width ? '\n' : ' '}${word}`
  }, '')
}

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'title':
      return plainAll(block.passages, '\n')
    case 'heading':
      return `■ ${plainAll(block.passages, ' / ')}`
    case 'paragraph':
      return plainAll(block.passages, '\n')
    case 'steps':
      return block.items.map((item, place) => `${place + 1}. ${plain(item)}`).join('\n')
    case 'plate':
      return `${plainAll(block.label, ' / ')}\n  ${oneLine(block.value)}`
    case 'facts':
      return block.rows
        .map(({ label, lines }) =>
          [plainAll(label, ' / '), ...lines.map(({ text }) => `  ${oneLine(text)}`)].join('\n'),
        )
        .join('\n\n')
    case 'link':
      return [
        `${plainAll(block.label, ' / ')}\n${address(block.path)}`,
        ...(block.code
          ? [`${plainAll(block.code.label, ' / ')}: ${plainPart(CODE)}\n${plainAll(block.code.use, '\n')}`]
          : []),
      ].join('\n\n')
    case 'notice':
      return block.notes.map(({ title, text }) => `【${plain(title)}】\n${plain(text)}`).join('\n')
    case 'signed-line':
      return inLines(oneLine(block.value), 60)
    case 'divider':
      return '－'.repeat(20)
  }
}

const FONT = `font-family:'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans','Yu Gothic',Meiryo,'Segoe UI',Arial,sans-serif`
const INK = '#1a1a1a'
const TEXT = '#333333'
const MUTED = '#4d4d4d'
const LINE = '#cccccc'
const FRAME = '#767676'
const SUNKEN = '#f2f2f2'
const ACTION = '#0017c1'
/** A long word without a space (an organisation, a link) breaks instead of widening the mail. */
const BREAK = 'overflow-wrap:break-word;word-wrap:break-word'
const TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'

/** Whether a text fits one line at 320 px, roughly; a date or a number is then kept in one piece. */
const isShort = (text: string): boolean =>
  [...text].reduce((width, sign) => width + (sign < '\u1100' ? 0.6 : 1), 0) <= 14

function markedPart(part: Part): string {
  if (typeof part === 'string') return escapeHtml(part).replace(/(\w)\/(?=\w)/g, '$1/<wbr>')
  const keep = 'value' in part && isShort(part.value) ? ' style="white-space:nowrap"' : ''
  return `<span class="notranslate" translate="no"${keep}>${escapeHtml(plainPart(part))}</span>`
}
const marked = (passage: Passage, style = ''): string =>
  `<span lang="${passage.language}"${style && ` style="${style}"`}>${passage.parts.map(markedPart).join('')}</span>`
/** The languages behind each other; a line ends between two of them rather than within one. */
const markedAll = (passages: Passage[]): string => passages.map((one) => marked(one, 'display:inline-block')).join(' ')

/** A row of the mail's frame; `top` is the space above it. */
const row = (top: number, style: string, content: string): string =>
  `<tr><td style="padding:${top}px 20px 0;${FONT};${style}">${content}</td></tr>`

const boxed = (style: string, content: string): string =>
  `<table ${TABLE}><tr><td style="${FONT};${style}">${content}</td></tr></table>`

const running = `font-size:16px;line-height:1.7;color:${TEXT};${BREAK}`
const smaller = `font-size:14px;line-height:1.6;color:${TEXT};${BREAK}`

/** Each language a paragraph of its own, so that a reader finds where his begins. */
const paragraphs = (contents: string[]): string =>
  contents.map((content, place) => `<p style="margin:${place === 0 ? 0 : 6}px 0 0">${content}</p>`).join('')

function factAsHtml({ label, lines }: Fact): string {
  const [first, ...others] = label
  const name =
    (first ? marked(first) : '') +
    others.map((one) => `<br>${marked(one, `font-weight:normal;color:${MUTED}`)}`).join('')
  const value = lines
    .map(({ text, language }) => {
      // An ISO date would otherwise end a line at one of its hyphens.
      const line = escapeHtml(oneLine(text)).replace(
        /\(\d{4}-\d\d-\d\d\)/g,
        '<span style="white-space:nowrap">$&</span>',
      )
      return language ? `<span lang="${language}">${line}</span>` : line
    })
    .join('<br>')
  const cell = `border-bottom:1px solid ${LINE};${FONT};line-height:1.5;color:${INK};${BREAK}`
  return (
    `<tr><th scope="row" align="left" valign="top" width="32%" style="width:32%;padding:10px 10px 10px 0;${cell};font-size:14px;font-weight:bold;text-align:left">${name}</th>` +
    `<td valign="top" class="notranslate" translate="no" style="padding:10px 0;${cell};font-size:16px">${value}</td></tr>`
  )
}

function linkAsHtml({ label, path, filled, code }: Extract<Block, { kind: 'link' }>): string {
  const href = escapeHtml(address(path))
  const look = filled
    ? {
        cell: `bgcolor="${ACTION}" style="background-color:${ACTION};border:2px solid ${ACTION};border-radius:8px"`,
        ink: '#ffffff',
      }
    : {
        cell: `bgcolor="#ffffff" style="background-color:#ffffff;border:2px solid ${ACTION};border-radius:8px"`,
        ink: ACTION,
      }
  const button =
    `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" ${look.cell}>` +
    `<a href="${href}" style="display:inline-block;padding:12px 22px;${FONT};font-size:16px;line-height:1.4;font-weight:bold;color:${look.ink};text-decoration:none">${markedAll(label)}</a></td></tr></table>`
  const printed = `<a href="${href}" class="notranslate" translate="no" style="color:${ACTION};word-break:break-all">${href}</a>`
  const typed =
    code &&
    row(
      12,
      smaller,
      `${markedAll(code.label)}<br><strong class="notranslate" translate="no" style="font-size:20px;line-height:1.5;letter-spacing:2px;white-space:nowrap;color:${INK}">${plainPart(CODE)}</strong>`,
    ) + row(4, smaller, paragraphs(code.use.map((one) => marked(one))))
  return row(16, '', button) + row(12, smaller, printed) + (typed ?? '')
}

function blockAsHtml(block: Block): string {
  switch (block.kind) {
    case 'title': {
      const [first, ...others] = block.passages
      const rest = others.map((one) => `<br>${marked(one, 'font-size:18px')}`).join('')
      return row(
        12,
        '',
        `<h1 style="margin:0;font-size:24px;line-height:1.4;color:${INK};${BREAK}">${first ? marked(first) : ''}${rest}</h1>`,
      )
    }
    case 'heading':
      return row(
        28,
        '',
        `<h2 style="margin:0;font-size:18px;line-height:1.4;color:${INK};${BREAK}">${markedAll(block.passages)}</h2>`,
      )
    case 'paragraph':
      return row(12, running, paragraphs(block.passages.map((one) => marked(one))))
    case 'steps':
      return row(
        8,
        running,
        `<ol style="margin:0;padding:0 0 0 24px">${block.items.map((item) => `<li lang="${item.language}" style="margin:6px 0 0">${marked(item)}</li>`).join('')}</ol>`,
      )
    case 'plate':
      return row(
        16,
        '',
        boxed(
          `padding:12px 16px;background-color:${SUNKEN};border:1px solid ${FRAME};color:${INK};${BREAK}`,
          `<span style="font-size:14px;line-height:1.5">${markedAll(block.label)}</span><br><strong class="notranslate" translate="no" style="font-size:24px;line-height:1.4">${escapeHtml(oneLine(block.value))}</strong>`,
        ),
      )
    case 'facts':
      return row(
        8,
        '',
        `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="width:100%;border-collapse:collapse;table-layout:fixed">${block.rows.map(factAsHtml).join('')}</table>`,
      )
    case 'link':
      return linkAsHtml(block)
    case 'notice':
      return row(
        24,
        '',
        boxed(
          `padding:8px 0 8px 16px;border-left:8px solid ${FRAME};${smaller}`,
          paragraphs(
            block.notes.map(
              ({ title, text }) => `<strong style="color:${INK}">${marked(title)}</strong><br>${marked(text)}`,
            ),
          ),
        ),
      )
    case 'signed-line':
      return row(
        8,
        `font-family:Consolas,Menlo,'Courier New',monospace;font-size:14px;line-height:1.6;color:${TEXT}`,
        `<span class="notranslate" translate="no">${escapeHtml(oneLine(block.value))}</span>`,
      )
    case 'divider':
      return row(32, '', boxed(`border-top:1px solid ${FRAME};font-size:1px;line-height:1px`, '&nbsp;'))
  }
}

/**
 * Builds both bodies of a mail from one description. The HTML uses tables and inline styles only and loads nothing; numbers,
 * names, dates and links are marked against translation, because web mail has altered them; the text is complete on its
 * own. Both hold placeholders for the link base and the secrets.
 * @param languages the languages of the mail in their order; the first is that of the document
 */
export function composeMail(
  languages: readonly Language[],
  subject: string,
  blocks: Block[],
): { text: string; html: string } {
  const agency = sayAll([...new Set<Language>(['ja', ...languages])], 'mail.agency')
  const noReply = sayAll(languages, 'mail.noReply')
  const text = [plainAll(agency, ' '), ...blocks.map(blockAsText), '－'.repeat(20), plainAll(noReply, '\n')].join(
    '\n\n',
  )
  const html = `<!doctype html>
<html lang="${languages[0] ?? 'ja'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="supported-color-schemes" content="light">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<title>${escapeHtml(oneLine(subject))}</title>
</head>
<body style="margin:0;padding:0;background-color:${SUNKEN};word-break:auto-phrase">
<table ${TABLE} bgcolor="${SUNKEN}" style="background-color:${SUNKEN}"><tr><td align="center" style="padding:16px 8px">
<table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:640px;table-layout:fixed;background-color:#ffffff;border:1px solid ${FRAME};text-align:left">
${[
  row(20, `font-size:14px;line-height:1.5;color:${TEXT}`, markedAll(agency)),
  ...blocks.map(blockAsHtml),
  row(28, `font-size:14px;line-height:1.6;color:${MUTED};padding-bottom:24px`, markedAll(noReply)),
].join('\n')}
</table>
</td></tr></table>
</body>
</html>
`
  return { text: `${text}\n`, html }
}
