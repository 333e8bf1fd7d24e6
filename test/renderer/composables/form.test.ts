import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import * as z from 'zod/mini'
import { emailField, phoneField } from '#contract/http/fields'
import { ApiProblem } from '../../../src-renderer/api/problem'
import AppButton from '../../../src-renderer/components/elements/AppButton.vue'
import AppForm from '../../../src-renderer/components/form/AppForm.vue'
import TextField from '../../../src-renderer/components/form/TextField.vue'
import { anyFormFailed } from '../../../src-renderer/composables/form/failed-forms'
import { type FormOptions, useForm } from '../../../src-renderer/composables/form/form'
import { createTexts, showLanguage } from '../../../src-renderer/i18n/text'

const schema = z.object({ email: emailField, phone: phoneField })
type Typed = { email: string; phone: string }
type Send = FormOptions<typeof schema, Typed>['send']

let page: VueWrapper
let sent: { request: z.output<typeof schema>; answer: (problem?: ApiProblem) => void }[]

async function show(options: Partial<FormOptions<typeof schema, Typed>> = {}): Promise<void> {
  sent = []
  const send: Send = (request) =>
    new Promise((resolve, reject) => {
      sent.push({ request, answer: (problem) => (problem ? reject(problem) : resolve(undefined)) })
    })
  const screen = defineComponent(() => {
    const form = useForm({ schema, values: { email: '', phone: '' }, send, ...options })
    return () =>
      h(AppForm, { form }, () => [
        h(TextField, {
          name: 'email',
          label: 'メールアドレスを入力してください',
          short: 'メールアドレス',
          required: true,
        }),
        h(TextField, { name: 'phone', label: '電話番号を入力してください', short: '電話番号', hint: 'ハイフンなしで' }),
        h(AppButton, { type: 'submit', busy: form.busy.value }, () => '登録する'),
      ])
  })
  const texts = createTexts()
  await showLanguage(texts, 'ja')
  page = mount(screen, { attachTo: document.body, global: { plugins: [texts, createPinia()] } })
}

const field = (name: string) => page.get<HTMLInputElement>(`input[name=${name}]`)
const press = async () => {
  await page.get('form').trigger('submit')
  await flushPromises()
}
const summary = () => page.find('.summary')
const described = (name: string) =>
  (field(name).attributes('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent)
    .join(' ')

beforeEach(() => show())
afterEach(() => page.unmount())

describe('a form that is pressed with mistakes', () => {
  beforeEach(async () => {
    await field('phone').setValue('080-1234-56')
    await press()
  })

  it('sends nothing and puts the focus on the summary, which counts the mistakes', () => {
    expect(sent).toHaveLength(0)
    expect(document.activeElement).toBe(summary().element)
    expect(summary().attributes('role')).toBe('alert')
    expect(summary().text()).toContain('入力内容に誤りが2件あります')
  })

  it('says at the field what was found, and ties it to the control', () => {
    expect(field('phone').attributes('aria-invalid')).toBe('true')
    expect(described('phone')).toContain('10～12桁の数字で入力してください（今は9桁です）。')
    expect(described('phone')).toContain('ハイフンなしで')
  })

  it('leads from the summary into the field', async () => {
    const links = summary().findAll('a')
    expect(links.map((link) => link.text())).toEqual([
      'メールアドレス：入力されていません。',
      '電話番号：10～12桁の数字で入力してください（今は9桁です）。',
    ])
    await links[1]?.trigger('click')
    expect(document.activeElement).toBe(field('phone').element)
  })

  it('keeps what was typed, exactly as it was typed', () => {
    expect(field('phone').element.value).toBe('080-1234-56')
  })

  it('is told in the title of the document until it is mended', async () => {
    expect(anyFormFailed.value).toBe(true)
    await field('email').setValue('an@example.jp')
    await field('phone').setValue('０９０-１２３４-５６７８')
    await press()
    sent[0]?.answer()
    await flushPromises()
    expect(anyFormFailed.value).toBe(false)
    expect(summary().exists()).toBe(false)
  })
})

describe('a form that is right', () => {
  beforeEach(async () => {
    await field('email').setValue(' an@example.jp ')
    await field('phone').setValue('０９０-１２３４-５６７８')
  })

  it('sends what the contract made of the typing', async () => {
    await press()
    expect(sent[0]?.request).toEqual({ email: 'an@example.jp', phone: '09012345678' })
  })

  it('sends once, however often it is pressed, and stays pressable under its name', async () => {
    await press()
    await press()
    expect(sent).toHaveLength(1)
    const button = page.get('button[type=submit]')
    expect(button.attributes('aria-busy')).toBe('true')
    expect(button.attributes('disabled')).toBeUndefined()
    expect(button.text()).toBe('登録する')
  })

  it('can be pressed again after the service refused', async () => {
    await press()
    sent[0]?.answer(new ApiProblem('service.unreachable', 0))
    await flushPromises()
    expect(summary().text()).toContain('サーバーにつながりません')
    expect(field('email').element.value).toBe(' an@example.jp ')
    await press()
    expect(sent).toHaveLength(2)
  })

  it('ties the errors of the service to their fields', async () => {
    await press()
    sent[0]?.answer(
      new ApiProblem('request.invalid', 422, {
        errors: [{ field: 'email', code: 'email.long', params: { count: 61 } }],
      }),
    )
    await flushPromises()
    expect(described('email')).toContain('60文字以内で入力してください（今は61文字です）。')
    expect(field('phone').attributes('aria-invalid')).toBeUndefined()
    expect(document.activeElement).toBe(summary().element)
  })

  it('shows an error of a code that it does not know', async () => {
    await press()
    sent[0]?.answer(
      new ApiProblem('request.invalid', 422, { errors: [{ field: 'email', code: 'email.from-the-future' }] }),
    )
    await flushPromises()
    expect(described('email')).toContain('入力内容を確認してください。')
  })
})

describe('a refusal of two fields together', () => {
  it('marks both and says why at the first', async () => {
    page.unmount()
    await show({ marks: { 'session.wrong': ['email', 'phone'] } })
    await field('email').setValue('an@example.jp')
    await field('phone').setValue('09012345678')
    await press()
    sent[0]?.answer(new ApiProblem('session.wrong', 401, { triesLeft: 3 }))
    await flushPromises()
    expect(field('email').attributes('aria-invalid')).toBe('true')
    expect(field('phone').attributes('aria-invalid')).toBe('true')
    expect(page.findAll('.field__error')).toHaveLength(1)
    expect(described('phone')).toContain('利用者IDまたはパスワードが違います。')
  })
})

describe('the name of a field', () => {
  it('is exactly its label, without 必須', () => {
    const label = page.get(`label[for="${field('email').attributes('id')}"]`).element.cloneNode(true) as Element
    for (const hidden of label.querySelectorAll('[aria-hidden=true]')) hidden.remove()
    expect(label.textContent?.trim()).toBe('メールアドレスを入力してください')
    expect(field('email').attributes('required')).toBeDefined()
  })
})
