import { test } from '../support/chapters/browser-lesson'
import { enrol } from '../support/chapters/lesson'
import { waitForReminders } from '../support/chapters/receipt'

test('a certificate whose receipt is not registered comes again every 7 days until its 3 months are over (M1.4)', async ({
  lesson,
}) => {
  await waitForReminders(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
})
