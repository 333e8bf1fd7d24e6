import { describe, expect, it } from 'vitest'
import { mistakenReading } from '#domain/text/readings'

describe('the readings in a text', () => {
  it.each([
    '',
    '在留資格',
    '{在留|ざいりゅう}{資格|しかく}',
    '{7日|なのか}、{ID|アイディー}、{々|くりかえし}',
    '**{在留|ざいりゅう}**の[{資格|しかく}](https://example.jp/)',
    '| {在留|ざいりゅう} | {資格|しかく} |',
    // Braces without a bar, bars without braces.
    '{任意}',
    '{',
    'a | b',
    '} {\n|',
    // Escaped.
    String.raw`\{在留|ざいりゅう}`,
    String.raw`\{`,
    String.raw`\{a|`,
    // Signs of the full width are letters.
    '｛在留｜ざいりゅう｝',
  ])('are right in %j', (text) => {
    expect(mistakenReading(text)).toBeNull()
  })

  it.each([
    ['{在留|ざいりゅう', '{在留|ざいりゅう'],
    ['ここに{在留|}とある', '{在留|}'],
    ['{|ざいりゅう}', '{|ざいりゅう}'],
    ['{ |ざいりゅう}', '{ |ざいりゅう}'],
    ['{在留|在留}', '{在留|在留}'],
    ['{在留|zairyu}', '{在留|zairyu}'],
    ['{在留| }', '{在留| }'],
    ['{在留|ざい|りゅう}', '{在留|ざい|りゅう}'],
    ['{**在留**|ざいりゅう}', '{**在留**|ざいりゅう}'],
    ['{在留|ざい\nりゅう}', '{在留|ざい'],
    ['{資格|しかく}と{在留|', '{在留|'],
    [`{${'長'.repeat(40)}|`, `{${'長'.repeat(29)}`],
  ])('are mistaken in %j', (text, found) => {
    expect(mistakenReading(text)).toBe(found)
  })
})
