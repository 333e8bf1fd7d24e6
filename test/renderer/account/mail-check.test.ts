import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { LOOKS_MS, useTestMail } from '../../../src-renderer/screens/account/test-mail'
import { open, text } from '../support/page'
import { account } from '../support/people'
import { FakeService, NOW, Refusal } from '../support/service'

const EMAIL = 'nguyen.van.an.1998@example.jp'
const mail = (status: 'queued' | 'sent' | 'failed') => ({
  id: 'm1',
  email: EMAIL,
  status,
  sentAt: status === 'sent' ? NOW : null,
})
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  service = new FakeService()
  service.signedIn()
  service.answer('GET /account', () => account())
  service.answer('POST /account/test-mails', () => mail('queued'))
  service.answer('GET /account/test-mails/:id', () => mail('sent'))
})

describe('the check that mail arrives', () => {
  it('shows the address first, sends on request, and says when the mail server took it', async () => {
    const page = await open('/my-page/mail-check')
    expect(page.heading).toBe('メールが届くかの確認')
    expect(text(document.querySelector('.mail-check__address'))).toBe(EMAIL)
    expect(service.bodiesOf('POST /account/test-mails')).toEqual([])
    await page.press('テストメールを送る')
    expect(page.reads('メールサーバーに渡しています')).toBe(true)
    await expect.poll(() => page.reads('メールサーバーが受け取りました 2026年11月22日 15時57分')).toBe(true)
    expect(page.reads('「@example.jp」から「テストメール」が届いていれば')).toBe(true)
  })

  it('says what to do when the mail server refuses', async () => {
    service.answer('POST /account/test-mails', () => mail('failed'))
    const page = await open('/my-page/mail-check')
    await page.press('テストメールを送る')
    expect(page.reads('メールサーバーが受け取りませんでした')).toBe(true)
    expect(page.reads('受信箱を見てください')).toBe(false)
    await page.press('メールアドレスを変更する')
    expect(page.path).toBe('/my-page/email')
  })

  it('says when one can be sent again', async () => {
    service.answer(
      'POST /account/test-mails',
      () => new Refusal('request.too-many', { retryAt: '2026-11-22T07:30:00.000Z' }),
    )
    const page = await open('/my-page/mail-check')
    await page.press('テストメールを送る')
    expect(page.reads('2026年11月22日 16時30分を過ぎてから')).toBe(true)
  })
})

describe('looking whether it was taken', () => {
  const looks = () => service.asked.filter(({ call }) => call === 'GET /account/test-mails/:id').length
  let scope = effectScope()
  let visible = true

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => (visible ? 'visible' : 'hidden'))
    visible = true
    service.answer('GET /account/test-mails/:id', () => mail('queued'))
    scope = effectScope()
  })
  afterEach(() => {
    scope.stop()
    vi.useRealTimers()
    vi.restoreAllMocks()
  })

  async function pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms)
    await flushPromises()
  }
  async function show(shown: boolean): Promise<void> {
    visible = shown
    document.dispatchEvent(new Event('visibilitychange'))
    await nextTick()
  }
  async function sent() {
    const test = scope.run(useTestMail)
    if (!test) throw new Error('the scope is over')
    await test.send()
    return test
  }

  it('asks a few times, ever more seldom, then leaves it to the reader', async () => {
    const test = await sent()
    const asked: number[] = []
    for (const wait of LOOKS_MS) {
      await pass(wait - 1)
      asked.push(looks())
      await pass(1)
    }
    expect(asked).toEqual(LOOKS_MS.map((_, place) => place))
    expect([...LOOKS_MS]).toEqual([...LOOKS_MS].sort((one, other) => one - other))
    expect(looks()).toBe(LOOKS_MS.length)
    expect(test.waiting.value).toBe(false)
    await pass(600_000)
    expect(looks()).toBe(LOOKS_MS.length)
    await test.look()
    expect(looks()).toBe(LOOKS_MS.length + 1)
  })

  it('stops as soon as it is known', async () => {
    service.answer('GET /account/test-mails/:id', () => mail('sent'))
    const test = await sent()
    await pass(600_000)
    expect(looks()).toBe(1)
    expect(test.undecided.value).toBe(false)
  })

  it('asks nothing while nobody sees it, nor after the screen is left', async () => {
    await sent()
    await show(false)
    await pass(600_000)
    expect(looks()).toBe(0)
    await show(true)
    await pass(LOOKS_MS[0])
    expect(looks()).toBe(1)
    scope.stop()
    await pass(600_000)
    expect(looks()).toBe(1)
  })
})
