/**
 * ICAO Doc 9303 part 3, section 6: how letters that are not A–Z stand in the machine readable zone of a passport. Letters with a
 * mark that are not in this table lose it (É → E, Ñ → N); of several ways the first, which is the one that most states print.
 */
const MACHINE_READABLE: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Å: 'AA',
  Æ: 'AE',
  Ð: 'D',
  Đ: 'D',
  Ħ: 'H',
  Ĳ: 'IJ',
  ĸ: 'K',
  Ł: 'L',
  Ŋ: 'N',
  Ö: 'OE',
  Ø: 'OE',
  Œ: 'OE',
  Þ: 'TH',
  Ŧ: 'T',
  Ü: 'UE',
  ẞ: 'SS',
  ß: 'SS',
  Ə: 'E',
  Ɨ: 'I',
  Ɓ: 'B',
  Ɗ: 'D',
  Ƙ: 'K',
}

/**
 * A name in capitals as the machine readable zone of a passport has it: hyphens are gaps, apostrophes, full stops and commas are left out
 * (`O'BRIEN-NÚÑEZ` → `OBRIEN NUNEZ`). Null where other signs stand in it, which nobody can translate without the passport.
 */
export function suggestedName(capitals: string): string | null {
  const letters = capitals
    .normalize('NFC')
    .replace(/[-\u2010-\u2015\u2212\u30FC\u00B7\u30FB/]/gu, ' ')
    .replace(/['\u2018-\u201B\u02B9-\u02BF\u02C8\u0060\u00B4.,]/gu, '')
    .replace(/[^A-Z ]/gu, (letter) => MACHINE_READABLE[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .toUpperCase()
    .replace(/ +/g, ' ')
    .trim()
  return /^[A-Z]+(?: [A-Z]+)*$/.test(letters) ? letters : null
}
