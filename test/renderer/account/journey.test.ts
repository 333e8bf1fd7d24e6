import { expect, it } from 'vitest'
import { open, text } from '../support/page'
import { FakeService } from '../support/service'

it('shows the details of the user in the order of the manual, and says what was not entered', async () => {
  const service = new FakeService()
  service.signedIn()
  service.answer('GET /account', () => ({
    userId: 'K7RM2XQ9PA',
    category: 'applicant',
    nameEn: 'NGUYEN VAN AN',
    email: 'nguyen.van.an.1998@example.jp',
    phone: '08012345678',
    organization: null,
    birthDate: '1998-04-12',
    sex: null,
    postalCode: null,
    address: null,
    useApproved: false,
    language: 'ja',
    mailJapanese: 'plain',
    deletionDueAt: null,
  }))
  const page = await open('/my-page/details')
  expect(page.heading).toBe('利用者詳細')
  expect(
    [...document.querySelectorAll('.facts > div')].map((row) => text(row).replace('（入力なし）', ' なし')),
  ).toEqual([
    '利用者区分外国人本人',
    '利用者IDK7RM2XQ9PA',
    '氏名（英字）NGUYEN VAN AN',
    '性別 なし',
    '生年月日1998年4月12日',
    '郵便番号 なし',
    '住居地 なし',
    '電話番号08012345678',
    'メールアドレスnguyen.van.an.1998@example.jp',
  ])
})
