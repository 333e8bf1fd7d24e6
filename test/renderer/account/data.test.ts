import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AccountExport } from '#contract/http/account/my-page'
import { handedFile, type HandedFile } from '#contract/ipc/handed-file'
import type { ShellBridge } from '#contract/ipc/ipc'
import { textOf } from '../../../src-renderer/composables/save-file'
import { useToast } from '../../../src-renderer/composables/toast'
import { exportFileName } from '../../../src-renderer/screens/account/export/export-file'
import { open, type Page, text } from '../support/page'
import { account } from '../support/people'
import { FakeService, NOW, Refusal, session } from '../support/service'

const DUE = '2026-11-29T06:57:00.000Z'
let service: FakeService
let due: string | null

const exported = (): AccountExport => ({
  exportedAt: NOW,
  account: { ...account(), language: 'vi', createdAt: '2026-11-01T00:00:00.000Z', lastLoginAt: null },
  certificates: [
    {
      certificateNumber: '在1番Y25071798',
      issuedOn: '2026-11-20',
      validUntil: '2027-02-20',
      nameEn: 'NGUYEN VAN AN',
      nationality: 'VNM',
      birthDate: '1998-04-12',
      sex: 'male',
      statusOfResidence: '技術・人文知識・国際業務',
      periodOfStay: '3年',
      organization: '株式会社みらい商事',
      remarks: '',
      issuingOffice: '東京出入国在留管理局',
      requestedAt: NOW,
      mailAcceptedAt: NOW,
      registeredAt: null,
    },
  ],
  activity: [{ id: '1', at: NOW, kind: 'session.opened', device: 'Chrome, Windows', subject: null }],
})

const fact = (name: string) =>
  [...document.querySelectorAll('.facts > div')]
    .filter((row) => text(row.querySelector('dt')) === name)
    .map((row) => text(row.querySelector('dd')))
const toast = () => text(document.querySelector('.toast p'))
/** A desktop shell that has nothing to tell. */
const QUIET_SHELL = {
  takeLink: () => Promise.resolve(null),
  onLinkOpened: () => () => undefined,
  onFailed: () => () => undefined,
  failure: () => Promise.resolve(null),
  tellLanguage: () => Promise.resolve(),
  sessionStatus: () => Promise.resolve({ deadline: session().deadline, now: NOW }),
  onSessionChanged: () => () => undefined,
}
const dialog = () => document.querySelector<HTMLElement>('[role=dialog]')

afterEach(() => {
  delete window.zairyu
  useToast().close()
})
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  due = null
  service = new FakeService()
  service.signedIn()
  service.answer('GET /account', () => account({ deletionDueAt: due }))
  service.answer('POST /account/export', exported)
  service.answer('POST /account/deletion', () => {
    due = DUE
    return { dueAt: DUE }
  })
  service.answer('DELETE /account/deletion', () => (due = null))
})

describe('the export', () => {
  it('shows everything that is held, in words, asked for once', async () => {
    const page = await open('/my-page/data')
    expect(service.bodiesOf('POST /account/export')).toEqual([])
    await page.press('書き出す')
    expect(text(document.activeElement)).toBe('あなたについて保存している情報')
    expect(fact('利用者ID')).toEqual(['K7RM2XQ9PA'])
    expect(fact('メールの言語')).toEqual(['Tiếng Việt'])
    expect(fact('最後のログイン')).toEqual(['－'])
    expect(fact('国籍・地域')).toEqual(['ベトナム'])
    expect(fact('有効期限')).toEqual(['2027年2月20日'])
    expect(page.reads('在1番Y25071798')).toBe(true)
    expect(page.reads('端末：Chrome, Windows')).toBe(true)
    expect(page.reads('これは自分ではない')).toBe(false)
  })

  it('saves the same as a file', async () => {
    const saved: Blob[] = []
    const names: string[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      saved.push(blob as Blob)
      return 'blob:file'
    })
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download)
    })
    const page = await open('/my-page/data')
    await page.press('書き出す')
    await page.press('ファイル（JSON）を保存する')
    expect(names).toEqual(['zairyu-K7RM2XQ9PA-2026-11-22.json'])
    expect(JSON.parse((await saved[0]?.text()) ?? '')).toEqual(exported())
    expect(service.bodiesOf('POST /account/export')).toHaveLength(1)
    expect(toast()).toBe('「zairyu-K7RM2XQ9PA-2026-11-22.json」のダウンロードを始めました。')
    clicked.mockRestore()
    vi.restoreAllMocks()
  })

  it.each([
    { outcome: 'saved', says: '「zairyu-K7RM2XQ9PA-2026-11-22.json」を保存しました。', complains: false },
    { outcome: 'canceled', says: '', complains: false },
    { outcome: 'failed', says: '', complains: true },
    { outcome: 'rejected', says: '', complains: true },
  ] as const)('says in the desktop shell what became of the file: $outcome', async ({ outcome, says, complains }) => {
    const handed: HandedFile[] = []
    const saveFile = (file: HandedFile) => {
      handed.push(file)
      return outcome === 'rejected' ? Promise.reject(new Error('ipc.arguments')) : Promise.resolve(outcome)
    }
    window.zairyu = { ...QUIET_SHELL, saveFile } as unknown as ShellBridge
    const page = await open('/my-page/data')
    await page.press('書き出す')
    await page.press('ファイル（JSON）を保存する')
    expect(handed.map(({ name }) => name)).toEqual(['zairyu-K7RM2XQ9PA-2026-11-22.json'])
    expect(handedFile.parse(handed[0])).toEqual(handed[0])
    expect(toast()).toBe(says)
    const alert = text(document.querySelector('main [role=alert] h2'))
    expect(alert).toBe(complains ? '「zairyu-K7RM2XQ9PA-2026-11-22.json」を保存できませんでした' : '')
  })

  it('keeps the byte order mark of what is saved', async () => {
    expect(await textOf(new Blob(['\uFEFFat,actor']))).toBe('\uFEFFat,actor')
  })

  it('names the file by the day in Tokyo, and by nothing that is no ID', () => {
    const at = { ...exported(), exportedAt: '2026-11-22T15:00:00.000Z' }
    expect(exportFileName(at)).toBe('zairyu-K7RM2XQ9PA-2026-11-23.json')
    expect(exportFileName({ ...at, account: { ...at.account, userId: '../a b' } })).toBe('zairyu-ab-2026-11-23.json')
  })

  it('says when it was asked for too often', async () => {
    service.answer(
      'POST /account/export',
      () => new Refusal('request.too-many', { retryAt: '2026-11-22T07:30:00.000Z' }),
    )
    const page = await open('/my-page/data')
    await page.press('書き出す')
    expect(page.reads('16時30分を過ぎてから')).toBe(true)
  })
})

describe('the deletion', () => {
  async function ask(): Promise<Page> {
    const page = await open('/my-page/data')
    await page.press('登録情報を削除する')
    return page
  }

  it('is asked for in a dialog that says how long there is time, and shows the day', async () => {
    const page = await ask()
    expect(text(dialog())).toContain('7日後')
    expect(page.hasField('現在のパスワード')).toBe(false)
    await page.press('削除を申し込む', document)
    expect(dialog()).toBeNull()
    expect(service.bodiesOf('POST /account/deletion')).toEqual([{}])
    expect(page.reads('削除を申し込みました')).toBe(true)
    expect(page.reads('2026年11月29日 15時57分')).toBe(true)
    expect(text(document.activeElement)).toContain('削除を申し込みました')
  })

  it('can be withdrawn, also on another day', async () => {
    due = DUE
    const page = await open('/my-page/data')
    await page.press('削除を取りやめる')
    expect(service.bodiesOf('DELETE /account/deletion')).toHaveLength(1)
    expect(page.reads('削除を取りやめました')).toBe(true)
    expect(page.reads('2026年11月29日')).toBe(false)
    expect(page.control('登録情報を削除する', page.main)).toBeTruthy()
  })

  it('asks for the password when the login is not recent, and keeps it nowhere', async () => {
    service.answer('GET /session', () => ({ ...session(), recentUntil: '2026-11-22T06:56:59.000Z' }))
    service.answer('POST /account/deletion', ({ body }) => {
      if ((body as { currentPassword?: string }).currentPassword === 'Right-2026x') return { dueAt: DUE }
      return new Refusal('request.invalid', {
        errors: [{ field: 'currentPassword', code: 'password.wrong', params: { triesLeft: 4 } }],
      })
    })
    const page = await ask()
    await page.press('削除を申し込む', document)
    expect(service.bodiesOf('POST /account/deletion')).toEqual([])
    await page.type('現在のパスワード', 'Wrong-2026x')
    await page.press('削除を申し込む', document)
    expect(text(dialog())).toContain('4回')
    await page.type('現在のパスワード', 'Right-2026x')
    await page.press('削除を申し込む', document)
    expect(page.reads('削除を申し込みました')).toBe(true)
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('2026x')
  })

  it('shows the field when the service sees that the login is too long ago', async () => {
    service.answer('POST /account/deletion', () => new Refusal('session.not-recent'))
    const page = await ask()
    await page.press('削除を申し込む', document)
    expect(page.hasField('現在のパスワード')).toBe(true)
  })

  it('explains that a certificate is still on its way', async () => {
    service.answer('POST /account/deletion', () => new Refusal('deletion.undelivered'))
    const page = await ask()
    await page.press('削除を申し込む', document)
    expect(text(dialog())).toContain('まだメールで届いていない証明書がある')
    expect(text(dialog())).toContain('メールサーバーに受け取られると')
    await page.press('閉じる', document)
    expect(page.reads('削除を申し込みました')).toBe(false)
  })
})
