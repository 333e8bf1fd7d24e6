import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { runCli } from '../../support/cli'
import { issue } from '../../support/journey'
import { startProgram } from '../../support/program'
import { certificateLine, PASSWORD } from '../../support/samples'
import { training } from '../../support/training'

export const NAME = 'NGUYEN VAN AN'
export const EMAIL = 'nguyen.van.an@example.jp'
export const NUMBER = '在1番Y25071798'
export const STAFF = { loginName: 'hanako', password: 'correct horse battery' }

/**
 * The program on training data, with an applicant who has a certificate, and an admin. Its public address is another one, by https:
 * whoever signs in on the machine itself gets a cookie that WebKit takes over plain http.
 */
export interface World {
  url: string
  userId: string
  /** An application that is examined, for what is handed over at the counter. */
  application: string
  close(): Promise<void>
}

export async function buildWorld(): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-engines-'))
  const env = { ZAIRYU_PUBLIC_URL: 'https://zairyu.example.jp' }
  const program = await startProgram({ dataDir, args: ['--training'], env })
  const close = async () => {
    await program.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    let cookie = ''
    const ask = async (path: string, body: object): Promise<Record<string, string>> => {
      const answer = await fetch(`${program.url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(body),
      })
      expect(answer.status, path).toBeLessThan(300)
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
      const text = await answer.text()
      return text === '' ? {} : (JSON.parse(text) as Record<string, string>)
    }
    await ask('/registrations', { email: EMAIL })
    const link = /\/register\/([\w-]{43})/.exec(await training(dataDir).mailTo(EMAIL))?.[1]
    const passwords = { password: PASSWORD, passwordConfirmation: PASSWORD }
    const form = { category: 'applicant', nameEn: NAME, phone: '08012345678', ...passwords }
    const { userId = '' } = await ask(`/registrations/${link}/completion`, form)
    await issue(dataDir, [certificateLine(userId, NUMBER)])
    const words = ['--name', '佐藤 花子', '--role', 'admin', '--password', STAFF.password, '--data', dataDir]
    expect(await runCli(['staff', 'add', STAFF.loginName, ...words])).toMatchObject({ code: 0 })
    await ask('/staff/session', STAFF)
    const { id = '' } = await ask('/staff/applications', { userId, office: '東京出入国在留管理局' })
    return { url: program.url, userId, application: id, close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}
