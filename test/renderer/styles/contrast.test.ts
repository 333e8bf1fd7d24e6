import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SCHEMES, type Scheme } from '../../../src-renderer/stores/first-choice'

const root = join(import.meta.dirname, '../../..')
const primitives = readFileSync(join(root, 'node_modules/@digital-go-jp/design-tokens/dist/tokens.css'), 'utf8')
const declarations = (css: string) =>
  new Map([...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name as string, value as string]))
const known = declarations(primitives)
const schemes = Object.fromEntries(
  SCHEMES.map((scheme) => [
    scheme,
    declarations(readFileSync(join(root, `src-renderer/styles/themes/${scheme}.css`), 'utf8')),
  ]),
) as Record<Scheme, Map<string, string>>

function colour(scheme: Scheme, token: string): string {
  const value = schemes[scheme].get(token) ?? known.get(token)
  if (value === undefined) throw new Error(`${scheme} does not assign ${token}`)
  const reference = /^var\((--[\w-]+)\)$/.exec(value)?.[1]
  return reference ? colour(scheme, reference) : value
}

/** WCAG 2.2 relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red, green, blue] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Every text colour with every surface on which it stands (look: table of contrasts). */
const TEXTS: Record<string, string[]> = {
  text: [
    'page',
    'surface',
    'sunken',
    'field',
    'selected',
    'error-surface',
    'warning-surface',
    'success-surface',
    'training-surface',
  ],
  heading: ['page', 'surface', 'sunken', 'selected', 'warning-surface', 'success-surface', 'error-surface'],
  muted: ['page', 'surface', 'sunken', 'field', 'selected', 'training-surface'],
  link: ['page', 'surface', 'sunken', 'field', 'training-surface', 'warning-surface', 'error-surface'],
  'link-hover': ['page', 'surface', 'selected'],
  'link-visited': ['page', 'surface', 'sunken'],
  'on-action': ['action', 'action-hover', 'action-active'],
  'on-selected': ['selected', 'sunken'],
  error: ['page', 'surface', 'error-surface', 'field'],
  'on-error': ['error'],
  'on-highlight': ['highlight'],
  'error-on-highlight': ['highlight'],
  success: ['page', 'surface', 'success-surface', 'training-surface'],
  warning: ['page', 'surface', 'warning-surface'],
  'on-training': ['training'],
}
/** What is no text, but must be seen: the edge of a control, a filled button, a mark. */
const CONTROLS: Record<string, string[]> = {
  'border-control': ['page', 'surface', 'sunken', 'field'],
  action: ['page', 'surface', 'sunken'],
  training: ['page'],
}

const pairs = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([front, backs]) => backs.map((back) => ({ front, back })))

describe.each(SCHEMES)('the scheme %s', (scheme) => {
  const least = scheme === 'yellow' || scheme === 'black' ? 7 : 4.5

  it.each(pairs(TEXTS))(`can be read: $front on $back, at least ${least}`, ({ front, back }) => {
    expect(contrast(colour(scheme, `--color-${front}`), colour(scheme, `--color-${back}`))).toBeGreaterThanOrEqual(
      least,
    )
  })

  it.each(pairs(CONTROLS))('can be seen: $front against $back, at least 3', ({ front, back }) => {
    expect(contrast(colour(scheme, `--color-${front}`), colour(scheme, `--color-${back}`))).toBeGreaterThanOrEqual(3)
  })

  it('shows the focus on the page, and what stands on its surface', () => {
    expect(contrast(colour(scheme, '--focus-outline'), colour(scheme, '--color-page'))).toBeGreaterThanOrEqual(3)
    expect(contrast(colour(scheme, '--on-focus-surface'), colour(scheme, '--focus-surface'))).toBeGreaterThanOrEqual(7)
  })

  it('assigns the same tokens as the others', () => {
    expect([...schemes[scheme].keys()].toSorted()).toEqual([...schemes.standard.keys()].toSorted())
  })
})
