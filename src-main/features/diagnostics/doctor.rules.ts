import type { Finding } from './health-checks.query'

/** What to do about each thing that is not in order, where nothing more exact is known. */
const NEXT: Record<Finding['what'], string> = {
  version: '',
  folder: 'Make the folder readable and writable for the user of the program, or name another one with --data.',
  rights: 'Start the program as the owner of the folder: it closes what is open. By hand: chmod 700 on it.',
  disk: 'Make room on the disk of the data folder.',
  'public address':
    'Put a proxy with a certificate before the service, and name its https address in ZAIRYU_PUBLIC_URL.',
  database: 'Look at what is said here; support FILE writes what the help desk needs.',
  backup:
    'Make one now: npm run -s cli -- backup FOLDER. The program makes one a day while it runs; look at the room and the rights of its folder.',
  'signing key': 'Put the copy of the key file back where it was, and start the program again.',
  outbox: 'Look at them with mail list, and try again with mail retry.',
  'mail server':
    'Set the mail server (ZAIRYU_SMTP_URL, or Mail settings as an admin), and look whether it can be reached from here.',
}

/** One next step for a finding; null where everything is in order. */
export const nextStep = ({ what, ok, next }: Pick<Finding, 'what' | 'ok' | 'next'>): string | null =>
  ok ? null : (next ?? NEXT[what])
