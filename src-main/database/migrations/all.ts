import { accounts } from './0001-accounts'
import { certificates } from './0002-certificates'
import { announcements } from './0003-announcements'
import { outbox } from './0004-outbox'
import { reminders } from './0005-reminders'
import { certificateMails } from './0006-certificate-mails'
import { staff } from './0007-staff'
import { applications } from './0008-applications'
import { administration } from './0009-administration'
import { ownApplications } from './0010-own-applications'
import { workList } from './0011-work-list'
import { mailLanguage } from './0012-mail-language'
import { credentials } from './0013-credentials'
import { sameWork } from './0014-same-work'
import { mailsAndKeys } from './0015-mails-and-keys'
import { mailTrouble } from './0016-mail-trouble'
import { typedKeys } from './0018-typed-keys'
import type { Migration } from '../migration'

/** In order; a published migration is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  accounts,
  certificates,
  announcements,
  outbox,
  reminders,
  certificateMails,
  staff,
  applications,
  administration,
  ownApplications,
  workList,
  mailLanguage,
  credentials,
  sameWork,
  mailsAndKeys,
  mailTrouble,
  typedKeys,
]
