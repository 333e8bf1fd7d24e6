import { test } from '../support/chapters/browser-lesson'
import { enrol } from '../support/chapters/lesson'
import { registerByCode, registerTheReceipt } from '../support/chapters/receipt'

test('the receipt is registered by the link of a mail (M5)', async ({ lesson }) => {
  await registerTheReceipt(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
})

test('the code of the mail does what its link does (M5)', async ({ lesson }) => {
  await registerByCode(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
})
