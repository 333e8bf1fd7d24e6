import { storeToRefs } from 'pinia'
import { computed } from 'vue'
import { readDate } from '#domain/date-readings'
import type { Language } from '#domain/language'
import { encodeRuby } from './readings/readings'
import { useText } from './text'
import { usePreferences } from '../stores/preferences'

const ZONE = 'Asia/Tokyo'

/** What people read of an instant or a date, always in Tokyo. `stamp` is padded as in 「… 現在」 (M5). */
export interface DateForms {
  day(iso: string): string
  hour(iso: string): string
  minute(iso: string): string
  stamp(iso: string): string
  time(iso: string): string
  number(value: number): string
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute'

/** A date without a time is that day in Tokyo. */
function milliseconds(iso: string): number {
  return Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00:00+09:00` : iso)
}

function japanese(): DateForms {
  const split = new Intl.DateTimeFormat('en-US-u-ca-gregory', {
    timeZone: ZONE,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  })
  const numbers = new Intl.NumberFormat('ja')
  const partsOf = (iso: string) => {
    const found: Record<Part, number> = { year: 0, month: 0, day: 0, hour: 0, minute: 0 }
    for (const { type, value } of split.formatToParts(milliseconds(iso)))
      if (type in found) found[type as Part] = Number(value)
    return found
  }
  const two = (value: number) => String(value).padStart(2, '0')
  const day = (iso: string) => {
    const at = partsOf(iso)
    return `${at.year}年${at.month}月${at.day}日`
  }
  const time = (iso: string) => {
    const at = partsOf(iso)
    return `${at.hour}時${two(at.minute)}分`
  }
  return {
    day,
    time,
    hour: (iso) => `${day(iso)}${partsOf(iso).hour}時`,
    minute: (iso) => `${day(iso)} ${time(iso)}`,
    stamp: (iso) => {
      const at = partsOf(iso)
      return `${at.year}年${two(at.month)}月${two(at.day)}日 ${two(at.hour)}時${two(at.minute)}分`
    },
    number: (value) => numbers.format(value),
  }
}

/** Languages other than Japanese: the month as a word, so that day and month are never mistaken for each other; 24 hours. */
function abroad(language: Language): DateForms {
  const locale = language === 'en' ? 'en-GB' : language === 'tl' ? 'fil' : language
  // A month in Vietnamese is a number; short for its word is nothing that people write.
  const date = { timeZone: ZONE, year: 'numeric', month: language === 'vi' ? 'long' : 'short', day: 'numeric' } as const
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const days = new Intl.DateTimeFormat(locale, date)
  const times = new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...clock })
  const hours = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', hourCycle: 'h23' })
  const numbers = new Intl.NumberFormat(locale)
  // No line ends within a day.
  const day = (iso: string) => days.format(milliseconds(iso)).replaceAll(' ', '\u00A0')
  const time = (iso: string) => times.format(milliseconds(iso))
  // Chinese and Korean set no comma between day and time.
  const between = /^(zh|ko)/.test(language) ? ' ' : ', '
  const minute = (iso: string) => day(iso) + between + time(iso)
  return {
    day,
    time,
    minute,
    hour: (iso) => `${day(iso)}${between}${hours.format(milliseconds(iso))}:00`,
    stamp: minute,
    number: (value) => numbers.format(value),
  }
}

/** How dates and numbers are written in a language: 2026年11月20日, 2025年7月23日15時; 20 Nov 2026, 23 Jul 2025, 15:00. */
export function dateForms(language: Language): DateForms {
  return language === 'ja' ? japanese() : abroad(language)
}

/** The date forms of the language that is shown; texts that use them change with it. */
export function useDates(): DateForms {
  const { language } = useText()
  const { readings } = storeToRefs(usePreferences())
  const forms = computed(() => {
    const plain = dateForms(language.value)
    if (language.value !== 'ja' || !readings.value) return plain
    const read = (form: (iso: string) => string) => (iso: string) => encodeRuby(readDate(form(iso)))
    return {
      ...plain,
      day: read(plain.day),
      hour: read(plain.hour),
      minute: read(plain.minute),
      stamp: read(plain.stamp),
      time: read(plain.time),
    }
  })
  return {
    day: (iso) => forms.value.day(iso),
    hour: (iso) => forms.value.hour(iso),
    minute: (iso) => forms.value.minute(iso),
    stamp: (iso) => forms.value.stamp(iso),
    time: (iso) => forms.value.time(iso),
    number: (value) => forms.value.number(value),
  }
}
