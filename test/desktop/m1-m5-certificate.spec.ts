import { enrol } from '../support/chapters/lesson'
import { registerTheReceipt, waitForReminders } from '../support/chapters/receipt'
import { test } from './support/desktop-lesson'
import { EVERYTHING } from '../support/everything'
import { hasElectron } from './support/launch'

// The chapters run in the browser shell; the stand-in repeats them in `npm run test:all` only, Electron always.
if (EVERYTHING || hasElectron()) {
  test('a certificate comes again every 7 days until its 3 months are over, in the desktop shell (M1.4)', async ({
    lesson,
  }) => {
    await waitForReminders(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
  })

  test('the receipt is registered by the link of a mail, in the desktop shell (M5)', async ({ lesson }) => {
    await registerTheReceipt(lesson, await enrol(lesson, 'nguyen.van.an@example.jp'))
  })
}
