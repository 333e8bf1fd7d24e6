import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** The rules that depend on the colour scheme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/** What does not hold on a page, in words: nothing wider than the window or its box, targets of 44 px, references to what is there, names without readings. */
export async function flawsOf(page: Page): Promise<string[]> {
  return [...(await seenFlaws(page)), ...(await namesWithReadings(page))]
}

async function seenFlaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const flaws: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth)
      flaws.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px`)
    if (/[\uE000-\uE002]/.test(document.documentElement.outerHTML)) flaws.push('what carries readings is seen')
    const named = (one: Element) => `${one.tagName.toLowerCase()} “${(one.textContent ?? '').trim().slice(0, 40)}”`
    const isSeen = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().width > 1
    for (const one of document.querySelectorAll('button, .button, .tabs__tab, label.choice'))
      if (isSeen(one) && one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible')
        flaws.push(`${named(one)} is wider than its box`)
    for (const one of document.querySelectorAll(
      'button, select, input:not([type=radio], [type=checkbox]), textarea, .button',
    )) {
      const { width, height } = one.getBoundingClientRect()
      // Ten keys stand in a row, as on every keyboard: on a phone's width they are as high as a finger, and 24 px wide (WCAG 2.5.8).
      if (isSeen(one) && (width < (one.closest('.keyboard') ? 24 : 43.5) || height < 43.5))
        flaws.push(`${named(one)} is ${Math.round(width)} × ${Math.round(height)} px`)
    }
    for (const one of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]'))
      for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls'])
        for (const id of (one.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean))
          if (!document.getElementById(id)) flaws.push(`${named(one)}: ${attribute} names ${id}, which is not there`)
    // WCAG 2.5.3: who speaks to the machine says what is written, and not its readings beside it.
    for (const one of document.querySelectorAll(':is(button, a, [role=button])[aria-label]')) {
      const copy = one.cloneNode(true) as Element
      for (const unsaid of copy.querySelectorAll('rt, rp, [aria-hidden=true]')) unsaid.remove()
      const [written, name] = [copy.textContent, one.getAttribute('aria-label')].map((text) =>
        (text ?? '').replace(/\s/g, '').toLowerCase(),
      )
      if (!name?.includes(written ?? '')) flaws.push(`${named(one)} is called “${name}”`)
    }
    for (const text of document.querySelectorAll('ruby'))
      if (/flex|grid/.test(getComputedStyle(text.parentElement ?? text).display))
        flaws.push(`${named(text.parentElement ?? text)} falls apart where it has readings`)
    for (const text of document.querySelectorAll('rt'))
      if (text.getAttribute('aria-hidden') !== 'true') flaws.push('a reading is read out')
    return flaws
  })
}

/** Roles whose names nobody hears as such: what stands in them is read piece by piece. */
const UNNAMED =
  /^(?:term|StaticText|InlineTextBox|Ruby.*|generic|paragraph|LabelText|Legend|caption|row|cell|gridcell|listitem|none)$/
const READING_IN_BRACKETS = /\p{Script=Han}[((][\p{Script=Hiragana}ー]+[))]/u

/** Names in the tree that a screen reader gets which hold readings, or spaces where a word is only parted by its readings. */
export async function namesWithReadings(page: Page): Promise<string[]> {
  const pieces = await page.evaluate(() =>
    [...document.querySelectorAll('text-pieces:has(rt)')].map((one) => {
      const copy = one.cloneNode(true) as Element
      for (const unsaid of copy.querySelectorAll('rt, rp')) unsaid.remove()
      return (copy.textContent ?? '').replace(/\s+/g, ' ').trim()
    }),
  )
  if (pieces.length === 0) return []
  const devtools = await page.context().newCDPSession(page)
  const { nodes } = await devtools.send('Accessibility.getFullAXTree')
  await devtools.detach()
  const bare = (text: string) => text.replace(/\s/g, '')
  const words = [...new Set(pieces)].filter((piece) => piece.length > 1)
  return nodes.flatMap(({ ignored, role, name }) => {
    const said = String(name?.value ?? '').replace(/\s+/g, ' ')
    if (ignored || said === '' || UNNAMED.test(String(role?.value))) return []
    const parted = words.find((piece) => bare(said).includes(bare(piece)) && !said.includes(piece))
    return parted !== undefined || READING_IN_BRACKETS.test(said)
      ? [`the ${String(role?.value)} is called “${said}”`]
      : []
  })
}

/** Runs axe, which is brought to the page when it is first asked for; what it finds, in words. */
async function runAxe(page: Page, wish: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const violations = await page.evaluate(async (wish) => {
    const { axe } = window as unknown as { axe: { run(context: Document, wish: RunOptions): Promise<AxeResults> } }
    return (await axe.run(document, { ...wish, resultTypes: ['violations'] })).violations
  }, wish)
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** What axe finds against WCAG 2.2 A and AA and its best practice; `without` are rules that cannot hold on this page. */
export async function violationsOf(page: Page, without: string[] = []): Promise<string[]> {
  const hasReadings = (await page.locator('rt').count()) > 0
  // Axe takes readings for a part of what is written on a button; `flawsOf` looks at that without them.
  const rules = [...without, ...(hasReadings ? ['label-content-name-mismatch'] : [])]
  return runAxe(page, {
    runOnly: { type: 'tag', values: STANDARDS },
    rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
  })
}

/** What axe finds in another colour scheme, on a page that it has looked at before. */
export async function violationsIn(scheme: string, page: Page): Promise<string[]> {
  await page.evaluate((scheme) => (document.documentElement.dataset['scheme'] = scheme), scheme)
  const found = await runAxe(page, { runOnly: { type: 'rule', values: OF_COLOURS } })
  return found.map((violation) => `${scheme}: ${violation}`)
}
