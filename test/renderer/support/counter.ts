import type { ApplicationItem, CounterApplication } from '#contract/http/certificate/application'
import type { StaffSession } from '#contract/http/staff/staff'

export const clerk = (changes: Partial<StaffSession> = {}): StaffSession => ({
  loginName: 'hanako',
  name: '佐藤 花子',
  role: 'clerk',
  previousLoginAt: null,
  deadline: '2026-11-22T07:12:00.000Z',
  ...changes,
})

export const item = (changes: Partial<ApplicationItem> = {}): ApplicationItem => ({
  id: 'a1',
  receiptNumber: 'TYO-2026-000001',
  userId: 'K7RM2XQ9PA',
  name: 'NGUYEN VAN AN',
  office: '東京出入国在留管理局',
  receivedOn: '2026-11-20',
  state: 'examining',
  certificateNumber: null,
  validUntil: null,
  updatedAt: '2026-11-20T06:02:00.000Z',
  ...changes,
})

export const counts = (changes: Partial<Record<ApplicationItem['state'], number>> = {}) => ({
  received: 0,
  examining: 1,
  refused: 0,
  issued: 0,
  failed: 0,
  sent: 0,
  registered: 0,
  expired: 0,
  ...changes,
})

export const application = (changes: Partial<CounterApplication> = {}): CounterApplication => ({
  ...item(),
  note: '',
  applicant: {
    userId: 'K7RM2XQ9PA',
    name: 'NGUYEN VAN AN',
    category: 'applicant',
    email: 'nguyen.van.an@example.jp',
    language: 'ja',
    lockedUntil: null,
  },
  history: [],
  ...changes,
})
