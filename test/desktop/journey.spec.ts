import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { walkTheJourney } from '../support/journey'
import { openMailServer } from '../support/mail-server'
import { launchDesktop } from './support/launch'

test('the main job in the desktop shell, with a real mail server (M1.5, M3, M2.2, M5, M2.3)', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-desktop-'))
  const mail = await openMailServer()
  const desktop = await launchDesktop({ dataDir, env: { ZAIRYU_SMTP_URL: mail.url } })
  try {
    await walkTheJourney({
      page: desktop.page,
      dataDir,
      mail,
      openProgram: () => desktop.goTo('/'),
      openLink: async (link) => {
        expect(link).toMatch(/^zairyu:\/\/open\//)
        expect(await desktop.open(link)).toMatchObject({ code: 0 })
      },
    })
    expect(await desktop.close()).toBe(0)
  } finally {
    await desktop.kill()
    await mail.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
