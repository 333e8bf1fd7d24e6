import MarkdownIt from 'markdown-it'
import { readingPieces } from '../../i18n/readings/readings'

/** A piece of a text: words, or an element with what is in it. */
export type TextNode = string | { tag: string; attributes: Record<string, string>; children: TextNode[] }

/** Ours: only what leads to a page over https or to a mailbox is a link. */
const isSafeLink = (address: string): boolean => /^(?:https:\/\/[^\s/]|mailto:[^\s])/i.test(address)

const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true, typographer: false }).disable('image')
markdown.validateLink = isSafeLink

type Tokens = ReturnType<typeof markdown.parse>

/** The h1 is the screen's; headings of the text begin below it. */
const headingBelow = (tag: string) =>
  tag.replace(/^h([1-6])$/, (_, level: string) => `h${Math.min(6, Number(level) + 1)}`)

/** An address has no readings; what carries them is percent-encoded there. */
const CARRIED_IN_ADDRESS = /%EE%80%80(.*?)%EE%80%81.*?%EE%80%82/g

/** Attributes that a text may set, and nothing else. */
function attributesOf(token: Tokens[number]): Record<string, string> {
  const href = token.attrGet('href')
  if (token.tag === 'a' && href !== null && isSafeLink(String(href)))
    return { href: String(href).replace(CARRIED_IN_ADDRESS, '$1'), rel: 'noopener noreferrer' }
  const start = token.attrGet('start')
  return token.tag === 'ol' && start !== null ? { start: String(start) } : {}
}

/** Words, with `<ruby>` where they carry a reading, which is for the eye alone. */
function words(text: string): TextNode[] {
  const unread = { 'aria-hidden': 'true' }
  return readingPieces(text).map(({ text: base, reading }) =>
    reading === undefined
      ? base
      : {
          tag: 'ruby',
          attributes: {},
          children: [
            base,
            { tag: 'rp', attributes: unread, children: ['('] },
            { tag: 'rt', attributes: unread, children: [reading] },
            { tag: 'rp', attributes: unread, children: [')'] },
          ],
        },
  )
}

/** Elements without anything in them, or with words alone. */
function leaf(token: Tokens[number]): TextNode[] {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      return [{ tag: 'br', attributes: {}, children: [] }]
    case 'hr':
      return [{ tag: 'hr', attributes: {}, children: [] }]
    case 'code_inline':
      return [{ tag: 'code', attributes: {}, children: words(token.content) }]
    case 'fence':
    case 'code_block':
      return [{ tag: 'pre', attributes: {}, children: words(token.content) }]
    default:
      return words(token.content)
  }
}

function build(tokens: Tokens): TextNode[] {
  const root: TextNode[] = []
  const open: { children: TextNode[] }[] = [{ children: root }]
  for (const token of tokens) {
    const inside = open.at(-1)?.children ?? root
    if (token.hidden) continue
    if (token.type === 'inline') inside.push(...build(token.children ?? []))
    else if (token.nesting > 0) {
      const node = { tag: headingBelow(token.tag), attributes: attributesOf(token), children: [] }
      inside.push(node)
      open.push(node)
    } else if (token.nesting < 0) open.pop()
    else inside.push(...leaf(token))
  }
  return root
}

/**
 * Reads the safe formats of announcements (paragraphs, headings, lists, emphasis, links to https and mailto): HTML in the text
 * is words like all others, images and other addresses are left as they were typed. Readings that the text carries are `<ruby>`.
 */
export const readSafeText = (text: string): TextNode[] => build(markdown.parse(text, {}))
