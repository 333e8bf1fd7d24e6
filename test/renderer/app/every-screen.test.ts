import { expect, it } from 'vitest'
import { routes } from '../../../src-renderer/router/routes'
import { SCREENS } from '../../support/screens'

it('looks at every screen that there is, under its own name', () => {
  const shown = new Set(SCREENS.map(({ route }) => route))
  const names = routes.map(({ name }) => String(name))
  expect(names.filter((name) => !shown.has(name))).toEqual([])
  expect([...shown].filter((name) => !names.includes(name))).toEqual([])
  expect(new Set(SCREENS.map(({ name }) => name)).size).toBe(SCREENS.length)
})
