import { describe, expect, it } from 'vitest'
import { externalLinks } from '#main/desktop/external-links'

/** A reader who answers when the test says so, and a system that notes what it is handed. */
function reader({ opens = true } = {}) {
  const asked: string[] = []
  const opened: string[] = []
  const failed: string[] = []
  let answer: (yes: boolean) => void = () => undefined
  const lead = externalLinks({
    ask: ({ place }) => {
      asked.push(place)
      return new Promise((resolve) => (answer = resolve))
    },
    open: (href) => {
      opened.push(href)
      return opens ? Promise.resolve() : Promise.reject(new Error('no program for it'))
    },
    sayFailed: ({ href }) => Promise.resolve(void failed.push(href)),
  })
  return {
    lead,
    asked,
    opened,
    failed,
    answer: (yes: boolean) => {
      answer(yes)
    },
  }
}

describe('leading out of the program', () => {
  it('asks first, and opens after a yes', async () => {
    const { lead, asked, opened, answer } = reader()
    const led = lead('https://example.jp/')
    expect({ asked, opened }).toEqual({ asked: ['example.jp'], opened: [] })
    answer(true)
    await led
    expect(opened).toEqual(['https://example.jp/'])
  })

  it('opens nothing after a no', async () => {
    const { lead, opened, answer } = reader()
    const led = lead('https://example.jp/')
    answer(false)
    await led
    expect(opened).toEqual([])
  })

  it('does not even ask about what is never opened', async () => {
    const { lead, asked, opened } = reader()
    await lead('file:///etc/passwd')
    expect({ asked, opened }).toEqual({ asked: [], opened: [] })
  })

  it('asks one question at a time, and the next when that was answered', async () => {
    const { lead, asked, opened, answer } = reader()
    const first = lead('https://one.example/')
    await lead('https://two.example/')
    expect(asked).toEqual(['one.example'])
    answer(true)
    await first
    expect(opened).toEqual(['https://one.example/'])
    const third = lead('https://three.example/')
    answer(false)
    await third
    expect(asked).toEqual(['one.example', 'three.example'])
  })

  it('takes a question that could not be asked for a no, and can be used again', async () => {
    const opened: string[] = []
    let asks = 0
    const lead = externalLinks({
      ask: () => (++asks === 1 ? Promise.reject(new Error('the window is gone')) : Promise.resolve(true)),
      open: (href) => Promise.resolve(void opened.push(href)),
      sayFailed: () => Promise.resolve(),
    })
    await lead('https://one.example/')
    await lead('https://two.example/')
    expect(opened).toEqual(['https://two.example/'])
  })

  it('says so when the system cannot open it, and can be used again', async () => {
    const { lead, asked, failed, answer } = reader({ opens: false })
    for (const address of ['tel:0570-013904', 'https://example.jp/']) {
      const led = lead(address)
      answer(true)
      await led
    }
    expect(failed).toEqual(['tel:0570-013904', 'https://example.jp/'])
    expect(asked).toHaveLength(2)
  })
})
