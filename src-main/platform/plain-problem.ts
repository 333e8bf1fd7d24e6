import type { FieldProblem } from '#contract/http/problem'

/** For the operator's terminal; the screens have their own words in the reader's language. */
const WORDS: Record<string, string> = {
  'announcement.id': 'only letters, digits, dot, hyphen and underscore, at most 80',
  'announcement.reading': 'has a reading that is not written like {在留|ざいりゅう}; a brace itself is \\{',
  'birth-date.future': 'must lie before the day of issue',
  'certificate.number': 'must not contain spaces',
  'category.unknown': 'must be organization, attorney, applicant or representative',
  'column.missing': 'is not among the columns of the header',
  'date.format': 'must be a date like 2025-07-23',
  'date.future': 'must not lie in the future',
  'date.too-late': 'must lie before 2026-01-01',
  'field.boolean': 'must be true or false',
  'field.invalid': 'is not of the right kind',
  'field.long': 'is too long',
  'field.required': 'is missing',
  'field.unknown': 'is not a known field',
  'instant.format': 'must be an instant with zone like 2026-01-05T09:00:00+09:00',
  'nationality.code': 'must be a three-letter code like VNM',
  'hash.cost':
    'asks for too little or too much work (argon2: m 1024 to 262144, t and p 1 to 16, m × t at most 1048576; bcrypt: cost 4 to 15; PBKDF2: 1000 to 2000000 rounds)',
  'hash.cut': 'is not whole: its salt or its digest is shorter than its form makes it',
  'hash.unknown': 'must be an argon2, bcrypt or PBKDF2 hash in PHC form',
  'row.array': 'is not a JSON array',
  'row.columns': 'has more entries than the header has columns',
  'row.csv': 'is not valid CSV with a header',
  'row.json': 'is not valid JSON',
  'row.object': 'is not a JSON object',
  'sex.value': 'must be "male" or "female"',
  'text.damaged': 'has lost letters when it was converted (\uFFFD); export it again as UTF-8',
  'system.unknown': 'must be zairyu or todokede',
  'user-id.characters': 'must not contain control characters',
  'user-id.mistyped': 'has a wrong check character',
  'user-id.unknown': 'belongs to nobody who can receive certificates here',
}

/** A refused field in one line of plain English, with its code: `issuedOn: must be a date like 2025-07-23 (date.format)`. */
export function describeProblem({ field, code }: FieldProblem): string {
  return `${field === '' ? '' : `${field}: `}${WORDS[code] ?? 'is refused'} (${code})`
}
