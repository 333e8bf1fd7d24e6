import { changeTheEmail, changeThePassword, changeThePhone } from '../support/chapters/changes'
import { enrol } from '../support/chapters/lesson'
import { forgetTheId, forgetThePassword, lockTheId } from '../support/chapters/recovery'
import { test } from './support/desktop-lesson'
import { EVERYTHING } from '../support/everything'
import { hasElectron } from './support/launch'

// The chapters run in the browser shell; the stand-in repeats them in `npm run test:all` only, Electron always.
if (EVERYTHING || hasElectron()) {
  test('recovery and the changes of the own data in the desktop shell (M2.2, M2.4, M2.5, M6.1–M6.3)', async ({
    lesson,
  }) => {
    const { page } = lesson
    const person = await enrol(lesson, 'nguyen.van.an@example.jp')
    await forgetTheId(lesson, person)
    await lockTheId(lesson, person)
    await forgetThePassword(lesson, person, 'Ame-3-Kawa-Hoshi')
    await page.getByRole('banner').getByRole('link', { name: 'ログアウト' }).click()
    await page.getByRole('button', { name: 'ログアウトする' }).click()
    await changeTheEmail(lesson, person, 'an.nguyen@mirai.example.jp')
    await changeThePassword(lesson, person, 'Kaze_7_Umi_Sora')
    await changeThePhone(lesson, person)
  })
}
