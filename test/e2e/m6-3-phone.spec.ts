import { test } from '../support/chapters/browser-lesson'
import { changeThePhone } from '../support/chapters/changes'
import { enrol } from '../support/chapters/lesson'

test('the phone number is changed, with an approved 利用申出 postal code and address too (M6.3)', async ({
  lesson,
}) => {
  await changeThePhone(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
})
