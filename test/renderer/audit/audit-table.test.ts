import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditItem } from '#contract/http/staff/admin'
import { createTexts, showLanguage } from '../../../src-renderer/i18n/text'
import AuditTable from '../../../src-renderer/screens/audit/AuditTable.vue'

const texts = createTexts()
beforeAll(() => showLanguage(texts, 'en', { readings: false, easy: false }))

const row = (action: string, detail: AuditItem['detail']): AuditItem => ({
  id: action,
  at: '2026-11-02T01:00:00Z',
  actorKind: 'program',
  actorName: null,
  action,
  subject: 'certificate:在1番Y26110001',
  subjectName: '在1番Y26110001',
  detail,
  device: null,
})

const shown = (action: string, detail: AuditItem['detail']) =>
  mount(AuditTable, {
    props: { items: [row(action, detail)] },
    global: { plugins: [createPinia(), texts], stubs: { RouterLink: true } },
  }).text()

describe('what was done, in words', () => {
  it('says of a number what is counted where the act alone does not tell', () => {
    expect(shown('certificate.reminded', { count: 2 })).toContain('Reminder no. 2')
    expect(shown('users.imported', { count: 2 })).toContain('Count 2')
  })

  it('keeps the code of what a newer program did', () => {
    expect(shown('coffee.made', { cups: 3 })).toMatch(/coffee\.made.*cups 3/)
  })
})
