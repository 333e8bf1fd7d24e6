import type { CrashReport } from '#contract/http/crash-report'
import { call, callForFile } from './call'

/** What the shell is told of errors, and what it answers for the help desk; the same in both shells. */
export const diagnosisApi = {
  /** Rejected when it could not be told. */
  reportCrash: async (report: CrashReport): Promise<void> => {
    if (window.zairyu) await window.zairyu.reportCrash(report)
    else await call('POST', '/crash-reports', { body: report, quiet: true })
  },
  /** The support file. Throws `staff.none`, `staff.role`, `request.too-many` as `ApiProblem`; in a kiosk it is rejected. */
  makeSupportFile: async (): Promise<string> =>
    window.zairyu
      ? window.zairyu.makeSupportFile()
      : (await callForFile('POST', '/support-files', undefined, { quiet: true })).text(),
}
