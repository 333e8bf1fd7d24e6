/** Days of the month that are not read as a number and にち. */
const DAYS: Record<number, string> = {
  1: 'ついたち',
  2: 'ふつか',
  3: 'みっか',
  4: 'よっか',
  5: 'いつか',
  6: 'むいか',
  7: 'なのか',
  8: 'ようか',
  9: 'ここのか',
  10: 'とおか',
  14: 'じゅうよっか',
  20: 'はつか',
  24: 'にじゅうよっか',
}
const UNITS: Record<string, string> = { 年: 'ねん', 月: 'がつ', 日: 'にち', 時: 'じ' }

/** 1分 is いっぷん, 2分 is にふん: the only counter of this program whose own reading depends on the number before it. */
export const minutesAfter = (digits: string): string =>
  /[134680]$/.test(digits) && digits !== '0' && digits !== '00' ? 'ぷん' : 'ふん'

/** A Japanese date or time with its readings in the notation of the catalogues: `11{月|がつ}{24日|にじゅうよっか} 8{時|じ}56{分|ぷん}`. */
export const readDate = (text: string): string =>
  text.replace(/(\d+)([年月日時分])/g, (_, digits: string, unit: string) => {
    const day = unit === '日' ? DAYS[Number(digits)] : undefined
    if (day) return `{${digits}日|${day}}`
    return `${digits}{${unit}|${unit === '分' ? minutesAfter(digits) : UNITS[unit]}}`
  })
