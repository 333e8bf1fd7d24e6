import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import ja from '../../../resources/locales/ja/problem.json'

const root = join(import.meta.dirname, '../../..')
/** What routes and the rules behind them refuse: `problem(c, 'x.y'`, what actions refuse, and fields with their codes. */
const answered = new Set(
  globSync('src-main/{features,http}/**/*.ts', { cwd: root })
    .filter((file) => !/\.(command|mail)\.ts$|account-import/.test(file))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /(?:problem\(c, |refused\(|refusedWith\(|code: )'([a-z-]+\.[a-z-]+)'/g,
      ),
    ])
    .map(([, code]) => code ?? ''),
)

it('finds what the service answers', () => {
  for (const code of ['email.same', 'field.not-approved', 'password.wrong', 'password.user-id', 'session.not-recent'])
    expect(answered).toContain(code)
})

it.each([...answered])('%s has a text', (code) => {
  expect(ja).toHaveProperty([`problem.${code}`])
})
