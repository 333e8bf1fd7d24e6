import type { Page } from '@playwright/test'

/**
 * What nobody could see in Windows high contrast, in words: a button or field without an edge, a sign or bar in the colour of the page, a
 * chosen thing that looks like the others beside it.
 */
export async function unseenOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const unseen: string[] = []
    const named = (one: Element) =>
      `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} “${(one.textContent ?? '').trim().slice(0, 30)}”`
    const isSeen = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().width > 1
    const all = (selector: string) => [...document.querySelectorAll(selector)].filter(isSeen)

    const numbers = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
    const light = (colour: string) => {
      const [red, green, blue] = numbers(colour).map((part) =>
        part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      )
      return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
    }
    const canvas = light(getComputedStyle(document.body).backgroundColor)
    /** WCAG 1.4.11: 3 : 1 against the page. */
    const standsOut = (colour: string) => {
      if (numbers(colour)[3] === 0) return false
      const [dark = 0, bright = 0] = [light(colour), canvas].toSorted((one, other) => one - other)
      return (bright + 0.05) / (dark + 0.05) >= 3
    }
    /** The lines that are drawn round something, as they are seen. */
    const edges = (one: Element, pseudo?: string) => {
      const style = getComputedStyle(one, pseudo)
      return [
        ...(['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => `border${side}` as const),
        'outline' as const,
      ]
        .map((line) => ({
          line,
          kind: style[`${line}Style`],
          width: style[`${line}Width`],
          colour: style[`${line}Color`],
        }))
        .filter(({ kind, width, colour }) => kind !== 'none' && parseFloat(width) > 0 && standsOut(colour))
        .map(({ line, kind, width }) => `${line} ${kind} ${width}`)
    }
    const look = (one: Element) => {
      const before = getComputedStyle(one, '::before')
      const sign = before.content === 'none' ? '' : `${before.backgroundColor} ${edges(one, '::before').join()}`
      return `${edges(one).join()} ${sign}`
    }

    for (const one of all(
      `.button:not(.button--quiet), .input, .select select, .language, .choice, .switch, .schemes__button, .keyboard__key,
      .status, .notice, .summary, .plate, .toast, .dialog, .bar, .progress, .empty, .mark:not(.mark--optional)`,
    ))
      if (edges(one).length === 0) unseen.push(`${named(one)} has no edge`)
    for (const one of all('.icon path, .week-chart__line'))
      if (
        !standsOut(getComputedStyle(one).stroke) &&
        !standsOut(getComputedStyle(one).fill) &&
        !one.matches('.icon__cut')
      )
        unseen.push(`the sign of ${named(one.closest('svg')?.parentElement ?? one)} has the colour of the page`)
    for (const one of all('.week-chart__bar'))
      if (!standsOut(getComputedStyle(one).fill)) unseen.push('a bar of the chart has the colour of the page')

    const chosen: [string, string][] = [
      ['[aria-pressed=true]', '[aria-pressed=false]'],
      ['.choice:has(:checked)', '.choice:not(:has(:checked))'],
      ['.pages [aria-current]', '.pages :is(a, span):not([aria-current])'],
      ['.steps [aria-current]', '.steps li:not([aria-current])'],
      ['.steps [data-state]', '.steps li:not([data-state])'],
      ['.tabs__tab[aria-current]', '.tabs__tab:not([aria-current])'],
      ['nav a[aria-current]', 'nav a:not([aria-current])'],
      ['tr[data-marked]', 'tbody tr:not([data-marked])'],
    ]
    for (const [is, isNot] of chosen)
      for (const one of all(is)) {
        const others = all(isNot).filter((other) => other.className.split(' ')[0] === one.className.split(' ')[0])
        const beside = others.filter((other) => other.parentElement === one.parentElement)
        const other = (beside.length > 0 ? beside : others)[0]
        if (other && look(one) === look(other)) unseen.push(`${named(one)} is chosen and looks like ${named(other)}`)
      }
    return unseen
  })
}

/** The controls whose focus nobody could see, one of each kind, reached by the Tab key. */
export async function unseenFocus(page: Page, presses: number): Promise<string[]> {
  const unseen = new Set<string>()
  for (let press = 0; press < presses; press += 1) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const one = document.activeElement
      if (!one || one === document.body) return null
      const drawn = [one, one.closest('.choice')].some((element) => {
        const style = element && getComputedStyle(element)
        return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      })
      return drawn ? null : `${one.tagName.toLowerCase()}.${one.className}`
    })
    if (found) unseen.add(found)
  }
  return [...unseen]
}

/** What moves on the page now, by name. */
export const movingOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    document.getAnimations().map((one) => (one instanceof CSSAnimation ? one.animationName : one.id || 'transition')),
  )
