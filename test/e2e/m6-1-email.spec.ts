import { test } from '../support/chapters/browser-lesson'
import { changeTheEmail } from '../support/chapters/changes'
import { enrol } from '../support/chapters/lesson'

test('the e-mail address is changed by a link to the new one, and undone from the old one (M6.1)', async ({
  lesson,
}) => {
  const person = await enrol(lesson, 'nguyen.van.an@example.jp')
  await changeTheEmail(lesson, person, 'an.nguyen@mirai.example.jp')
})
