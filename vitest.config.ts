import { existsSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { catalogueMessages } from './scripts/build/catalogue-messages.mjs'
import { vueOptions } from './scripts/build/template-readings.mjs'

/**
 * Where the data of tests lie: on a disk in memory, where the system has one, so that thousands of small transactions do not wait for the real
 * one. A program that is killed leaves the same behind on both; what only a power failure can lose, no test can see.
 */
const temporaryFolder = existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {}

const counts = process.env['ZAIRYU_TEST_COUNTS']

export default defineConfig({
  test: {
    // `npm test` wants few words and exact counts, a developer who runs `npx vitest` the usual.
    ...(counts && { reporters: ['dot', ['./scripts/checks/vitest-counts.mjs', { file: counts }]] }),
    // Else one core is left idle.
    maxWorkers: '100%',
    // A machine under load is slow, not wrong.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    // The zone of the machine must not matter: people's zone is always named.
    env: { TZ: 'America/New_York', ...temporaryFolder },
    projects: [
      {
        extends: true,
        test: { name: 'main', include: ['test/main/**/*.test.ts'], environment: 'node', isolate: false },
      },
      {
        extends: true,
        // These start the built program and take it down.
        test: { name: 'faults', include: ['test/faults/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
      },
      {
        extends: true,
        // The built program in WebKit and Firefox; one browser at a time.
        test: {
          name: 'engines',
          include: ['test/engines/**/*.test.ts'],
          environment: 'node',
          testTimeout: 90_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        // `npm run bench`: measures, asserts no time.
        test: { name: 'bench', include: ['test/bench/**/*.bench.ts'], environment: 'node', testTimeout: 600_000 },
      },
      {
        extends: true,
        plugins: [vue(vueOptions), catalogueMessages],
        test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'], environment: 'happy-dom' },
      },
    ],
  },
})
