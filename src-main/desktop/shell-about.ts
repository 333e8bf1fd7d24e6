import type { ShellAbout } from '#contract/ipc/ipc'
import type { Config } from '../platform/config/config'

/** What the page may know of the program around it. */
export const shellAbout = ({
  version,
  training,
  kiosk,
}: Pick<Config, 'version' | 'training' | 'kiosk'>): ShellAbout => ({
  shell: 'desktop',
  version,
  training,
  kiosk: kiosk !== null,
  engines: { electron: process.versions.electron, chromium: process.versions.chrome, node: process.versions.node },
})
