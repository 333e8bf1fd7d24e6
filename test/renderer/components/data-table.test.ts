import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import DataTable from '../../../src-renderer/components/list/DataTable.vue'
import { encodeRuby } from '../../../src-renderer/i18n/readings/readings'
import { text } from '../support/page'

const rows = [
  { id: 'a', number: '在1番', open: true },
  { id: 'b', number: '在2番', open: false },
]
const table = () =>
  mount(DataTable<(typeof rows)[number], 'number' | 'state' | 'action'>, {
    props: {
      caption: '受領登録一覧',
      columns: [
        {
          key: 'number',
          name: encodeRuby('{在留|ざいりゅう}{証明書|しょうめいしょ}{番号|ばんごう}'),
          short: encodeRuby('{番号|ばんごう}'),
          verbatim: true,
        },
        { key: 'state', name: encodeRuby('{状況|じょうきょう}'), sorted: 'ascending' },
        { key: 'action', name: encodeRuby('{操作|そうさ}'), action: true },
      ],
      rows,
      rowKey: ({ id }) => id,
      heading: 'number',
      isMarked: ({ id }) => id === 'b',
    },
    slots: {
      number: ({ row }) => row.number,
      state: ({ row }) => (row.open ? '未登録' : '済'),
      action: ({ row }) => (row.open ? h('button', '登録する') : []),
    },
  }).element

/** What a screen reader says: without what is hidden from it. */
function said(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return text(copy)
}

describe('a table that becomes cards', () => {
  it('has the name of its column in each cell, as text with readings above it', () => {
    const names = [...table().querySelectorAll('tbody tr:first-child .table__name')]
    expect(names.map((one) => [...one.querySelectorAll('rt')].map(text))).toEqual([['ばんごう'], ['じょうきょう']])
    expect(names[0]?.querySelector('ruby')?.firstChild?.textContent).toBe('番号')
    expect(names.map(text).join()).not.toMatch(/[\uE000-\uE002{|}]/)
  })

  it('is read out once: heads with their names, cells with their values', () => {
    const found = table()
    expect([...found.querySelectorAll('[role=columnheader]')].map(said)).toEqual(['在留証明書番号', '状況', '操作'])
    expect([...found.querySelectorAll('tbody [role=row]')].map((row) => [...row.children].map(said))).toEqual([
      ['在1番', '未登録', '登録する'],
      ['在2番', '済', ''],
    ])
    expect(said(found.querySelector('caption') as Element)).toBe('受領登録一覧')
  })

  it('says which cell names its row, which column orders, which row is meant, and what is not translated', () => {
    const found = table()
    expect([...found.querySelectorAll('tbody th[scope=row][role=rowheader]')].map(said)).toEqual(['在1番', '在2番'])
    expect([...found.querySelectorAll('thead th')].map((one) => one.getAttribute('aria-sort'))).toEqual([
      null,
      'ascending',
      null,
    ])
    expect([...found.querySelectorAll('[data-marked]')].map((row) => said(row.children[0] as Element))).toEqual([
      '在2番',
    ])
    expect([...found.querySelectorAll('[translate=no]')].map(said)).toEqual(['在1番', '在2番'])
  })
})
