import * as z from 'zod/mini'
import { lineOf, linesOf } from '../../../domain/text/typed-text'

/** So many at once by `POST /certificates`. */
export const MOST_CERTIFICATES = 500

const text = (most: number) =>
  z
    .string({ error: 'field.required' })
    .check(z.overwrite(lineOf), z.minLength(1, { error: 'field.required' }), z.maxLength(most, { error: 'field.long' }))
const isoDate = z.string({ error: 'date.format' }).check(z.overwrite(lineOf), z.iso.date({ error: 'date.format' }))

/** One certificate as the examination system hands it over (DESIGN §9). Unknown names are refused, so that a misspelt field is noticed. */
export const certificateRow = z.strictObject(
  {
    /** M5: opaque, like `在1番Y25071798`. */
    certificateNumber: text(40).check(z.refine((value) => !/[\s\p{Cc}]/u.test(value), { error: 'certificate.number' })),
    userId: text(200),
    issuedOn: isoDate,
    nameEn: text(104),
    nationality: z
      .string({ error: 'field.required' })
      .check(z.overwrite(lineOf), z.regex(/^[A-Z]{3}$/, { error: 'nationality.code' })),
    birthDate: isoDate,
    sex: z.enum(['male', 'female'], { error: 'sex.value' }),
    statusOfResidence: text(60),
    periodOfStay: text(30),
    /** Both may be empty, and left out. */
    organization: z._default(z.string().check(z.overwrite(lineOf), z.maxLength(200, { error: 'field.long' })), ''),
    remarks: z._default(
      z.string().check(z.overwrite(linesOf), z.trim(), z.maxLength(1000, { error: 'field.long' })),
      '',
    ),
    issuingOffice: text(60),
  },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'field.unknown' : 'row.object') },
)
export type CertificateInput = z.output<typeof certificateRow>

/** `POST /certificates`: one certificate, or up to 500: all or none. */
export const certificatesRequest = z.union([
  certificateRow,
  z.array(certificateRow).check(z.minLength(1), z.maxLength(MOST_CERTIFICATES)),
])
export const certificatesReply = z.object({ issued: z.int(), unchanged: z.array(z.string()) })
