import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { spawnCli } from '../support/cli'
import { startProgram } from '../support/program'

const OFFICE_WORDS = 'correct horse battery'

/** Somebody of the staff at one of the programs. */
async function signIn(url: string, loginName: string) {
  const send = (method: string, path: string, body: object | undefined, cookie = '') =>
    fetch(`${url}/api/v1${path}`, {
      method,
      headers: { Origin: url, Cookie: cookie, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const opened = await send('POST', '/staff/session', { loginName, password: OFFICE_WORDS })
  expect(opened.status).toBe(200)
  const cookie = opened.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return (method: string, path: string, body?: object) => send(method, path, body, cookie)
}

it(
  'two programs on one database let two admins who remove each other leave one, and add a login name once',
  { timeout: 120_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-two-'))
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    for (const name of ['hanako', 'taro', 'third'])
      expect(
        await spawnCli(['staff', 'add', name, '--role', 'admin', '--password', OFFICE_WORDS, '--data', dataDir]),
      ).toMatchObject({ code: 0 })
    const programs = [await startProgram({ dataDir }), await startProgram({ dataDir })]
    onTestFinished(async () => void (await Promise.all(programs.map((program) => program.stop()))))
    const [one, two] = [await signIn(programs[0]?.url ?? '', 'hanako'), await signIn(programs[1]?.url ?? '', 'taro')]
    const { items } = (await (await one('GET', '/staff/people')).json()) as {
      items: { id: string; loginName: string }[]
    }
    const idOf = (loginName: string) => items.find((item) => item.loginName === loginName)?.id ?? ''

    for (let round = 0; round < 5; round += 1) {
      const wish = { loginName: `new-${round}`, name: 'x', role: 'clerk' }
      const added = await Promise.all([one('POST', '/staff/people', wish), two('POST', '/staff/people', wish)])
      expect(added.map(({ status }) => status).sort()).toEqual([201, 422])
    }
    const removed = await Promise.all([
      one('POST', `/staff/people/${idOf('taro')}/departure`),
      two('POST', `/staff/people/${idOf('hanako')}/departure`),
    ])
    expect(removed.map(({ status }) => status).sort()).toEqual([204, 401])
  },
)
