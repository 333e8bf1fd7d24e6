/** A Vitest reporter that writes what `npm test` counts: passed, failed, and what was skipped why (Vitest's own JSON leaves the reason out). */
import { writeFileSync } from 'node:fs'

export default class Counts {
  /** @param {{ file: string }} options where the counts are written */
  constructor({ file }) {
    this.file = file
  }

  onTestRunEnd(modules) {
    const counts = { passed: 0, failed: 0, skipped: [] }
    for (const module of modules)
      for (const test of module.children.allTests()) {
        const { state, note } = test.result()
        if (state === 'passed') counts.passed++
        else if (state === 'failed') counts.failed++
        else counts.skipped.push({ name: `${module.relativeModuleId} › ${test.fullName}`, reason: note })
      }
    writeFileSync(this.file, JSON.stringify(counts))
  }
}
