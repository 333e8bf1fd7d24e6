import { createApp, h } from 'vue'
import { describe, expect, it } from 'vitest'
import { encodeRuby } from '../../../src-renderer/i18n/readings/readings'
import { showReadings } from '../../../src-renderer/i18n/readings/readings-text'

/** What stands on the page for a text. */
function shown(text: string): HTMLElement {
  const place = document.createElement('p')
  createApp({ render: () => h('span', [showReadings(text)]) }).mount(place)
  return place
}
const whole = (text: string) => [...shown(text).querySelectorAll('.unwrapped, .unparted')].map((one) => one.textContent)

describe('what no line break parts', () => {
  it.each([
    ['Your registered e-mail address', ['e-mail']],
    ['Kung naka-lock, mag-log in', ['naka-lock', 'mag-log']],
    ['「123-4567のときは」', ['123-4567']],
    ['012-345-6789 is typed as 0123456789, ABCD-EFGH', ['012-345-6789', 'ABCD-EFGH']],
    ['12-34-56-78-90', []],
    ['HOHENZOLLERN-SIGMARINGEN', []],
    ['Enter the code (確認コード) of the mail (or not)', ['(確認コード)', '(or not)']],
    ['輸入電子郵件地址（使用者註冊）', ['（使用者註冊）']],
    ['（例：abc）', []],
    ['（設定した数字や文字は入りません）', []],
    ['Attorneys (弁護士・行政書士) and others', ['(弁護士・行政書士)']],
    ['이용 신청(利用申出)이 승인된 분, 성명(영문)을', ['(利用申出)이', ')을']],
    ['輸入電子郵件地址（通知使用者ID）', ['（通知使用者ID）']],
    ['您將收到載有使用者ID的郵件', ['使用者ID']],
    ['以便接收来自“@example.jp”的邮件', ['“@example.jp”']],
    ['连续输错5次后，24小时内将无法登录', ['5次', '24小时']],
    ['もう一度押してください', ['もう一度']],
    ['Đã gửi email (đăng ký người dùng)', ['(đăng ký người dùng)']],
    ['Write **words** or [words](https://…)', ['**words**', '[words](https://…)']],
    ['领取在留资格认定证明书。', ['在留资格认定证明书']],
    ['登録した利用者IDを送ります', ['利用者ID']],
    ['2026年11月30日 17時26分まで使えます', ['2026年11月30日', '17時26分']],
    ['外国人在留総合インフォメーションセンター', ['インフォメーションセンター']],
    ['メールアドレスを入力してください', []],
  ])('%s', (text, words) => {
    expect(whole(text)).toEqual(words)
    expect(shown(text).textContent).toBe(text)
  })

  it('keeps words in katakana and endings whole beside readings, where the browser finds no phrases', () => {
    const text = encodeRuby('メールの{確認|かくにん}コードを{入力|にゅうりょく}する')
    const [first, word, ending] = [...shown(text).querySelectorAll('.unwrapped, .unparted')]
    expect([first?.textContent, word?.textContent]).toEqual(['メール', 'コード'])
    expect(ending?.querySelector('ruby')).not.toBeNull()
    expect(ending?.textContent).toMatch(/する$/)
  })

  it('keeps a reading with the number before it and the ending behind it, and lets the line end there', () => {
    const page = shown(encodeRuby('{誤|あやま}りが2{件|けん}あります。{証明書|しょうめいしょ}を{電子|でんし}メールで'))
    const words = [...page.querySelectorAll('.unwrapped')].map(({ textContent }) =>
      textContent?.replace(/\(.*?\)/g, ''),
    )
    expect(words).toEqual(['誤りが', '2件あります', '証明書を'])
    expect(page.querySelector('.unwrapped + wbr + ruby')).not.toBeNull()
    expect(page.textContent?.replace(/\(.*?\)/g, '')).toBe('誤りが2件あります。証明書を電子メールで')
  })

  it('lets a line end before a long word, but not behind an opening bracket', () => {
    expect(shown('総合インフォメーションセンター').querySelector('wbr')).not.toBeNull()
    expect(shown('「インフォメーションセンター').querySelector('wbr')).toBeNull()
  })
})
