import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { describe, expect, it } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import PageNumbers from '../../../src-renderer/components/list/PageNumbers.vue'
import { createTexts, showLanguage } from '../../../src-renderer/i18n/text'
import { createScreens } from '../../../src-renderer/router/router'
import { browserClock, pageClock } from '../../../src-renderer/stores/page-clock'

async function numbers(page: number, total: number) {
  const texts = createTexts()
  await showLanguage(texts, 'ja')
  return mount(PageNumbers, {
    props: {
      page,
      size: 20,
      total,
      to: (number: number) => ({ path: '/announcements', query: { page: String(number) } }),
    },
    global: { plugins: [pageClock(browserClock), createPinia(), texts, createScreens(createMemoryHistory())] },
  })
}

describe('page numbers (M5)', () => {
  it.each([
    { page: 1, total: 0, shows: '最初へ 1 最後へ' },
    { page: 1, total: 41, shows: '最初へ 1 2 3 最後へ' },
    { page: 1, total: 400, shows: '最初へ 1 2 3 … 20 最後へ' },
    { page: 4, total: 400, shows: '最初へ 1 2 3 4 5 … 20 最後へ' },
    { page: 10, total: 400, shows: '最初へ 1 … 9 10 11 … 20 最後へ' },
    { page: 20, total: 400, shows: '最初へ 1 … 18 19 20 最後へ' },
  ])('on page $page of $total rows shows $shows', async ({ page, total, shows }) => {
    const nav = await numbers(page, total)
    expect(
      nav
        .findAll('a, span')
        .map((item) => item.text())
        .join(' '),
    ).toBe(shows)
    expect(nav.findAll('[aria-current=page]').map((item) => item.text())).toEqual([String(page)])
  })

  it('writes what leads nowhere as text', async () => {
    const nav = await numbers(1, 41)
    expect(nav.findAll('a').map((link) => link.text())).toEqual(['2', '3', '最後へ'])
    expect(nav.get('a').attributes()).toMatchObject({ href: '/announcements?page=2', 'aria-label': '2 ページ' })
  })
})
