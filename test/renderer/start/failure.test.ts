import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import type { CrashReport } from '#contract/http/crash-report'
import type { ShellFailure } from '#contract/ipc/shell-failure'
import { useFailure } from '../../../src-renderer/stores/failure'
import { open, settle } from '../support/page'
import { FakeService, Refusal } from '../support/service'

const INCIDENT = /[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}/
let service: FakeService
const reports = () => service.bodiesOf('POST /crash-reports') as CrashReport[]
const shownIncident = () => INCIDENT.exec(document.querySelector('.plate__value')?.textContent ?? '')?.[0]

beforeEach(() => {
  vi.unstubAllGlobals()
  service = new FakeService()
  service.answer('POST /crash-reports', () => undefined)
})

describe('a screen that fails', () => {
  it('gives way to a calm one with a number, and tells the service nothing that was typed', async () => {
    const page = await open('/procedures')
    await page.type('手続きのことば', 'NGUYEN VAN AN')
    dispatchEvent(new ErrorEvent('error', { error: new RangeError('NGUYEN VAN AN is too long') }))
    await settle()
    expect(page.heading).toBe('この画面を表示できません')
    expect(document.activeElement).toBe(document.querySelector('h1'))
    expect(reports()).toMatchObject([
      { name: 'RangeError', place: 'page', screen: 'guide.procedures', incident: shownIncident() },
    ])
    expect(JSON.stringify(reports())).not.toContain('NGUYEN')
    await page.press('もう一度試す')
    expect(page.field('手続きのことば').value).toBe('NGUYEN VAN AN')
  })

  it('begins anew when it could not be drawn', async () => {
    let broken = true
    const Screen = defineComponent(() => {
      if (broken) throw new TypeError('broken')
      return () => h('p', 'drawn')
    })
    const page = await open('/contact')
    page.router.addRoute({ path: '/broken', component: Screen, meta: { title: 'layout.screen.top' } })
    await page.router.push('/broken')
    await settle()
    expect(page.heading).toBe('この画面を表示できません')
    broken = false
    await page.press('もう一度試す')
    expect(page.reads('drawn')).toBe(true)
  })

  it('keeps its input when it could be drawn, and the same error has the same number', async () => {
    const Screen = defineComponent(() => {
      const typed = ref('')
      const fail = () => {
        throw new TypeError('twice')
      }
      return () => [
        h('input', { onInput: (event: Event) => (typed.value = (event.target as HTMLInputElement).value) }),
        h('button', { onClick: fail }, '押す'),
        h('p', `${typed.value}!`),
      ]
    })
    const page = await open('/contact')
    page.router.addRoute({ path: '/odd', component: Screen, meta: { title: 'layout.screen.top' } })
    await page.router.push('/odd')
    await settle()
    const input = document.querySelector('main input') as HTMLInputElement
    input.value = '受領'
    input.dispatchEvent(new Event('input'))
    await page.press('押す')
    const first = shownIncident()
    await page.press('もう一度試す')
    expect(page.reads('受領!')).toBe(true)
    await page.press('押す')
    expect(shownIncident()).toBe(first)
    expect(reports()).toHaveLength(1)
  })

  it('shows the number of the service where the service has one, and does not tell it again', async () => {
    const page = await open('/contact')
    useFailure().fail(Object.assign(new Error('x'), { incident: '7F3K-22QD' }))
    await settle()
    expect(shownIncident()).toBe('7F3K-22QD')
    expect(reports()).toEqual([])
    await page.speak('en')
    expect(page.heading).toBe('This screen cannot be shown')
  })

  it('that could not be loaded is asked for again', async () => {
    const page = await open('/contact')
    let loads = 0
    const load = () => {
      loads += 1
      return loads === 1
        ? Promise.reject(new TypeError('Failed to fetch dynamically imported module: /assets/x.js'))
        : Promise.resolve(defineComponent(() => () => h('p', 'loaded')))
    }
    page.router.addRoute({ path: '/late', name: 'late.screen', component: load, meta: { title: 'layout.screen.top' } })
    await page.router.push('/late').catch(() => undefined)
    await settle()
    expect(page.heading).toBe('画面を読み込めません')
    expect(reports()).toMatchObject([{ place: 'way', screen: 'late.screen' }])
    await page.press('もう一度試す')
    expect(page.reads('loaded')).toBe(true)
  })

  it('is not what was given up on purpose', async () => {
    const page = await open('/contact')
    for (const error of [new DOMException('', 'AbortError'), null]) dispatchEvent(new ErrorEvent('error', { error }))
    await settle()
    expect(page.heading).toBe('お問い合わせ先')
  })
})

describe('a failure of the desktop shell', () => {
  const openDesktop = async (failure: ShellFailure | null) => {
    const heard: ((failure: ShellFailure) => void)[] = []
    const never = () => () => undefined
    const restart = vi.fn(() => Promise.resolve())
    vi.stubGlobal('zairyu', {
      about: () => Promise.resolve({ shell: 'desktop', version: '1', training: false }),
      tellLanguage: () => Promise.resolve(),
      takeLink: () => Promise.resolve(null),
      onLinkOpened: never,
      onSessionChanged: never,
      onKioskChanged: never,
      sessionStatus: () => Promise.resolve({ deadline: null, now: '2026-11-22T06:57:00.000Z' }),
      failure: () => Promise.resolve(failure),
      onFailed: (listener: (failure: ShellFailure) => void) => {
        heard.push(listener)
        return () => undefined
      },
      reportCrash: () => Promise.resolve(),
      makeSupportFile: () => Promise.resolve('{"zairyuSupport": 1}\n'),
      saveFile: () => Promise.resolve('saved'),
      restart,
    })
    return { page: await open('/'), restart, tell: (told: ShellFailure) => heard.forEach((one) => one(told)) }
  }

  it('that keeps the service from starting stays, lets the program start again, and leads to help', async () => {
    const { page, restart } = await openDesktop({ kind: 'start', incident: '7F3K-22QD' })
    expect(page.heading).toBe('システムを開始できません')
    await page.press('プログラムを開き直す')
    expect(restart).toHaveBeenCalledOnce()
    await page.press('サポート用ファイル')
    expect(page.heading).toBe('サポート用ファイル')
    await page.press('ファイルを作る')
    expect(page.reads('ファイルを作りました')).toBe(true)
    expect(page.reads('.txt」を保存しました。')).toBe(true)
    await page.router.push('/')
    await settle()
    expect(page.heading).toBe('システムを開始できません')
  })

  it.each([
    ['newer-database', '新しい版のプログラムが必要です'],
    ['main', 'システムの中で問題が起きました'],
    ['page', '画面を開き直しました'],
  ] as const)('%s is told when it happens', async (kind, title) => {
    const { page, tell } = await openDesktop(null)
    expect(page.heading).toBe('トップページ')
    tell({ kind, incident: '7F3K-22QD' })
    await settle()
    expect(page.heading).toBe(title)
    expect(shownIncident()).toBe('7F3K-22QD')
  })
})

describe('data that cannot be used', () => {
  const DETAIL = 'The data in /data are damaged.\nnpm run -s cli -- restore /data/backups/auto-1 --data /data --replace'

  it('are named with the command that helps, in the window of the desktop program, too', async () => {
    const page = await open('/')
    useFailure().shellFailed({ incident: '7F3K-22QD', kind: 'start', detail: DETAIL })
    await settle()
    expect(page.main.querySelector('[translate=no][lang=en]')?.textContent).toBe(DETAIL)
  })
})

describe('the support file', () => {
  it('says what is in it, is made, and can be looked into', async () => {
    service.answer('POST /support-files', () => ({ zairyuSupport: 1 }))
    const page = await open('/contact')
    await page.press('サポート用ファイル')
    expect(page.reads('利用者ID、証明書番号')).toBe(true)
    await page.press('ファイルを作る')
    expect(page.reads('zairyu-support-2026-11-22.txt')).toBe(true)
    expect(document.querySelector('pre')?.textContent).toContain('zairyuSupport')
  })

  it.each(['staff.none', 'staff.role'] as const)('says who may have it: %s', async (code) => {
    service.answer('POST /support-files', () => new Refusal(code))
    const page = await open('/support')
    await page.press('ファイルを作る')
    expect(page.reads('ここからは作れません')).toBe(true)
    expect(page.main.querySelector('code')?.textContent).toContain('cli -- support')
    expect(page.path).toBe('/support')
  })

  it('says when there were too many', async () => {
    service.answer(
      'POST /support-files',
      () => new Refusal('request.too-many', { retryAt: '2026-11-22T07:00:00.000Z' }),
    )
    const page = await open('/support')
    await page.press('ファイルを作る')
    expect(page.main.querySelector('[role=alert]')).not.toBeNull()
  })
})
