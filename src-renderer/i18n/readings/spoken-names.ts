/**
 * Names of elements whose words carry readings. A reading is hidden from names, but browsers put a space wherever a reading, or a
 * place for a line break, stands («入力 内容 に誤 りが»). While readings are shown, what is named by its content gets the same words as a name
 * of its own, and loses it with them. What a template has named stays as it is.
 */

/** Roles that are named by what stands in them, and may be named otherwise. */
const NAMED_BY_CONTENT =
  'h1, h2, h3, h4, h5, h6, a[href], button, summary, th, :is([role=button], [role=link], [role=tab], [role=heading], [role=option])'
/** What names something else. */
const NAMES_ANOTHER = 'label, legend, caption, [id]'
/** Marks our own names, with the reference that stood there before. */
const OURS = 'data-spoken'

/** What is part of a word; every other element that is no inline box stands apart from its neighbours. */
const IN_WORDS = new Set(['TEXT-PIECES', 'WHOLE-WORD', 'RUBY', 'WBR'])

function wordsOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ''
  if (!(node instanceof Element) || node.matches('rt, rp, [aria-hidden=true]')) return ''
  const label = node.getAttribute('aria-label')
  if (label !== null && !node.hasAttribute(OURS)) return ` ${label} `
  const words = [...node.childNodes].map(wordsOf).join('') || (node.getAttribute('alt') ?? '')
  if (IN_WORDS.has(node.tagName)) return words
  const { display } = getComputedStyle(node)
  if (display === 'none') return ''
  return display === 'inline' || display === 'contents' ? words : ` ${words} `
}

/** The words of an element as they are said: without readings. */
export const spokenWords = (element: Element): string =>
  [...element.childNodes].map(wordsOf).join('').replace(/\s+/g, ' ').trim()

const hasReadings = (element: Element) => element.querySelector('rt') !== null
const isNamedByTemplate = (element: Element) => element.hasAttribute('aria-label') && !element.hasAttribute(OURS)

function unname(element: Element): void {
  const reference = element.getAttribute(OURS)
  if (reference === null) return
  element.removeAttribute(OURS)
  element.removeAttribute('aria-label')
  if (reference !== '') element.setAttribute('aria-labelledby', reference)
}

function name(element: Element, sources: readonly Element[]): void {
  if (isNamedByTemplate(element)) return
  if (!sources.some(hasReadings)) return unname(element)
  const words = sources.map(spokenWords).join(' ')
  if (element.getAttribute('aria-label') !== words) element.setAttribute('aria-label', words)
  if (element.hasAttribute(OURS) && !element.hasAttribute('aria-labelledby')) return
  element.setAttribute(OURS, element.getAttribute('aria-labelledby') ?? '')
  element.removeAttribute('aria-labelledby')
}

/** What a label, a legend, a caption or whatever carries an id gives its name to. */
function nameOthers(source: Element): void {
  if (source instanceof HTMLLabelElement && source.control && !source.control.hasAttribute('aria-labelledby')) {
    const { control } = source
    if (!control.getAttribute(OURS)) name(control, [source])
  }
  if (source instanceof HTMLLegendElement && source.parentElement) name(source.parentElement, [source])
  if (source.tagName === 'CAPTION' && source.parentElement) name(source.parentElement, [source])
  if (source.id === '' || source.matches(NAMED_BY_CONTENT)) return
  const own = CSS.escape(source.id)
  for (const element of document.querySelectorAll(`[aria-labelledby~="${own}"], [${OURS}~="${own}"]`)) {
    const ids = (element.getAttribute(OURS) || element.getAttribute('aria-labelledby')) ?? ''
    const sources = ids.split(' ').flatMap((id) => document.getElementById(id) ?? [])
    name(element, sources)
  }
}

/** Names an element that holds what has changed, and whatever it names. */
function nameAround(changed: Element): void {
  for (let element: Element | null = changed; element; element = element.parentElement) {
    if (element.matches(NAMED_BY_CONTENT)) name(element, [element])
    if (element.matches(NAMES_ANOTHER)) nameOthers(element)
  }
}

function nameWithin(root: Element): void {
  for (const reading of root.querySelectorAll('text-pieces')) nameAround(reading)
}

let watch: MutationObserver | null = null

/** From now on names follow the readings, or readings are gone and so are their names. */
export function speakNames(readings: boolean): void {
  watch?.disconnect()
  watch = null
  if (!readings) {
    for (const element of document.querySelectorAll(`[${OURS}]`)) unname(element)
    return
  }
  watch = new MutationObserver((records) => {
    const changed = new Set<Element>()
    for (const { target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement
      if (element?.isConnected) changed.add(element)
      for (const added of addedNodes) if (added instanceof Element && added.isConnected) nameWithin(added)
    }
    for (const element of changed) nameAround(element)
  })
  watch.observe(document.body, { subtree: true, childList: true, characterData: true })
  nameWithin(document.body)
}
