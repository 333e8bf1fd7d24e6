import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { walkTheJourney } from '../support/journey'
import { openMailServer } from '../support/mail-server'
import { startProgram } from '../support/program'

test('the main job in the browser shell, with a real mail server (M1.5, M3, M2.2, M5, M2.3)', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'zairyu-e2e-'))
  const mail = await openMailServer()
  const program = await startProgram({ dataDir, env: { ZAIRYU_SMTP_URL: mail.url } })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text())
  })
  try {
    await walkTheJourney({
      page,
      dataDir,
      mail,
      openProgram: async () => void (await page.goto(program.url)),
      openLink: async (link) => {
        expect(link.startsWith(program.url)).toBe(true)
        await page.goto(link)
      },
    })
    expect(complaints).toEqual([])
    expect(await program.stop()).toBe(0)
  } finally {
    await program.kill()
    await mail.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
