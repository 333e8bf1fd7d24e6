import * as z from 'zod/mini'
import {
  type CounterApplication,
  type IssuedCertificate,
  issueRequest,
  reissueRequest,
} from '#contract/http/certificate/application'
import { digitsOf, eightDigits } from '../application/eight-digits'
import { periodProblem } from './issue-options'

/** The form of a certificate as it is typed: everything text, dates as eight digits, with the reason where one is corrected. */
export const EMPTY = {
  certificateNumber: '',
  issuedOn: '',
  nameEn: '',
  nationality: '',
  birthDate: '',
  sex: '',
  statusOfResidence: '',
  periodOfStay: '',
  organization: '',
  remarks: '',
  issuingOffice: '',
  reason: '',
}
export type TypedCertificate = typeof EMPTY

/** What was chosen nowhere is missing rather than wrong. */
const chosen = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.string().check(z.minLength(1, { error: 'field.required' })),
    schema as unknown as z.ZodMiniType<z.output<Schema>, string>,
  )

/** What is typed → the certificate and, where one is corrected, why. */
export const issueForm = (isCorrection: boolean) =>
  z
    .extend(issueRequest, {
      issuedOn: eightDigits,
      birthDate: eightDigits,
      sex: chosen(issueRequest.shape.sex),
      nationality: chosen(issueRequest.shape.nationality),
      reason: isCorrection ? reissueRequest.shape.reason : z.string(),
    })
    .check(
      z.superRefine(({ statusOfResidence, periodOfStay }, ctx) => {
        const code = periodProblem(statusOfResidence, periodOfStay)
        if (code) ctx.addIssue({ code: 'custom', path: ['periodOfStay'], message: code })
      }),
    )
export type FilledForm = z.output<ReturnType<typeof issueForm>>

/** How the form begins: with what is known of the applicant, or with what the certificate before says, but for its number. */
export function firstTyped(
  application: CounterApplication,
  before: IssuedCertificate | null,
  today: string,
): TypedCertificate {
  const { applicant, office } = application
  if (!before)
    return {
      ...EMPTY,
      issuedOn: digitsOf(today),
      // Others apply for somebody: his name is in the papers.
      nameEn: applicant.category === 'applicant' ? applicant.name : '',
      issuingOffice: office,
    }
  const { certificateNumber: _, issuedOn, birthDate, ...same } = before
  const kept = Object.fromEntries(Object.entries(same).filter(([name]) => name in EMPTY))
  return { ...EMPTY, ...kept, issuedOn: digitsOf(issuedOn), birthDate: digitsOf(birthDate) }
}
