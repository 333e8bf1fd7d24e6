import { test } from '../support/chapters/browser-lesson'
import { enrol } from '../support/chapters/lesson'
import { forgetTheId } from '../support/chapters/recovery'

test('the forgotten user ID comes by mail (M2.4)', async ({ lesson }) => {
  await forgetTheId(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
})
