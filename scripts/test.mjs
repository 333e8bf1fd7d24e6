/**
 * `npm test`: every check there is, one line for each stage; output of what failed in full; at the end
 * `N passed, N failed`. A static check counts as one, a test as one; what was skipped is named with its reason, and
 * counts as failed without one. `npm run test:all` looks at every screen in every language, scheme and width, which takes an hour on two cores.
 * `npm test -- unit e2e` runs only these stages, any other word selects test files by name.
 */
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { onEnd } from './setup/child.mjs'
import { ensureChromium, ensureEngines } from './setup/ensure-browsers.mjs'
import { prepare } from './setup/prepare.mjs'
import { CACHE, command, ROOT } from './setup/step.mjs'

const RESULTS = join(CACHE, 'test')
/** `npm run test:all`. */
const EVERYTHING = process.argv.includes('--all')
const STAGE_LIMIT_MS = EVERYTHING ? 12 * 60 * 60_000 : 30 * 60_000

const bin = (path) => join(ROOT, 'node_modules', path)

/** Counts of a stage: how many passed, what failed, what was skipped and why. */
const nothing = () => ({ passed: 0, failed: 0, skipped: [] })

/** A static check is one case: it is well or it is not. */
const asOne = (ok) => ({ ...nothing(), passed: ok ? 1 : 0, failed: ok ? 0 : 1 })

/** A skip without a reason is a failure. */
function countSkips(counts) {
  counts.failed += counts.skipped.filter(({ reason }) => !reason).length
  return counts
}

/** When the runner says it failed although no test did (or none was found), that is one failure more. */
const withRunner = (counts, ok) => (ok || counts.failed > 0 ? counts : { ...counts, failed: 1 })

function readResults(name) {
  try {
    return JSON.parse(readFileSync(join(RESULTS, `${name}.json`), 'utf8'))
  } catch {
    return null
  }
}

function playwrightCounts(name, ok) {
  const counts = nothing()
  const visit = (suite, path) => {
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title])
    for (const spec of suite.specs ?? [])
      for (const { status, annotations } of spec.tests) {
        const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description
        if (status === 'skipped') counts.skipped.push({ name: [...path, spec.title].join(' › '), reason })
        else if (status === 'expected') counts.passed++
        else counts.failed++
      }
  }
  for (const suite of readResults(name)?.suites ?? []) visit(suite, [suite.title])
  return countSkips(withRunner(counts, ok))
}

/** With a choice of files it is no failure that a stage has none of them. */
const onlyThese = (filters, evenNone) => (filters.length ? [...filters, evenNone] : [])

const vitest = (...projects) => ({
  takesFilters: true,
  run: (filters) => [
    [
      bin('vitest/vitest.mjs'),
      'run',
      ...projects.map((project) => `--project=${project}`),
      ...onlyThese(filters, '--passWithNoTests'),
    ],
  ],
  env: (name) => ({ ZAIRYU_TEST_COUNTS: join(RESULTS, `${name}.json`) }),
  count: (ok, name) => countSkips(withRunner(readResults(name) ?? nothing(), ok)),
})

const playwright = (...projects) => ({
  needsChromium: true,
  takesFilters: true,
  run: (filters) => [
    [
      bin('@playwright/test/cli.js'),
      'test',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=dot,json',
      ...onlyThese(filters, '--pass-with-no-tests'),
    ],
  ],
  env: (name) => ({ PLAYWRIGHT_JSON_OUTPUT_FILE: join(RESULTS, `${name}.json`) }),
  count: (ok, name) => playwrightCounts(name, ok),
})

/** In the order in which they begin: what is cheap and tells most comes first. What keeps one core busy runs side by side with its like. */
const STAGES = {
  format: {
    onOneCore: true,
    run: () => [[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
    count: asOne,
  },
  lint: {
    onOneCore: true,
    run: () => [
      [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'],
      [bin('knip/bin/knip.js'), '--no-progress'],
      [bin('knip/bin/knip.js'), '--no-progress', '--production', '--exclude', 'types'],
    ],
    count: asOne,
  },
  types: {
    onOneCore: true,
    run: () => [
      [bin('typescript/bin/tsc'), '-p', 'tsconfig.node.json'],
      [bin('vue-tsc/bin/vue-tsc.js'), '-p', 'tsconfig.web.json'],
    ],
    count: asOne,
  },
  faults: { onOneCore: true, ...vitest('faults') },
  unit: vitest('main', 'renderer'),
  e2e: playwright('browser'),
  desktop: playwright('desktop'),
  // Where both are wanted they are one run: Playwright starts once, and no core waits for the last test of the first.
  shells: { ...playwright('browser', 'desktop'), inPlaceOf: ['e2e', 'desktop'] },
  engines: { needsEngines: true, ...vitest('engines') },
}

const running = new Set()
onEnd((signal) => {
  for (const child of running) child.kill(signal)
  process.exit(130)
})

/** Runs one program with its output in a file. */
function run(node, args, env, log) {
  return new Promise((resolve) => {
    const output = createWriteStream(log, { flags: 'a' })
    const child = spawn(node, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: STAGE_LIMIT_MS })
    running.add(child)
    child.stdout.pipe(output, { end: false })
    child.stderr.pipe(output, { end: false })
    child.on('close', (code, signal) => {
      running.delete(child)
      const ok = code === 0
      output.end(signal ? `\nended by ${signal} (the limit is ${STAGE_LIMIT_MS / 60_000} minutes)\n` : '', () =>
        resolve(ok),
      )
    })
  })
}

const NOT_FOR_TESTS = /^(ZAIRYU_|(NO|FORCE)_COLOR$)/

/** The environment of the checks: ours of the moment, without what would configure the program or colour its output. */
function testEnvironment(chromium) {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_FOR_TESTS.test(name))
  return {
    ...Object.fromEntries(inherited),
    // Programs that are started a hundred times are compiled once.
    NODE_COMPILE_CACHE: join(CACHE, 'compiled'),
    ...(chromium ? { ZAIRYU_CHROMIUM: chromium } : {}),
    ...(EVERYTHING ? { ZAIRYU_TEST_ALL: '1' } : {}),
  }
}

/** What a stage said, in colour only where that is seen. */
function output(log) {
  const text = readFileSync(log, 'utf8').trimEnd()
  return process.stdout.isTTY ? text : stripVTControlCharacters(text)
}

async function runStage(name, node, env, filters) {
  const stage = STAGES[name]
  const log = join(RESULTS, `${name}.log`)
  rmSync(join(RESULTS, `${name}.json`), { force: true })
  rmSync(log, { force: true })
  const begin = Date.now()
  let ok = true
  for (const args of stage.run(filters)) ok = (await run(node, args, { ...env, ...stage.env?.(name) }, log)) && ok
  const counts = stage.count(ok, name)
  const seconds = `${((Date.now() - begin) / 1000).toFixed(1)} s`.padStart(8)
  const words = [
    `${counts.passed} passed`,
    `${counts.failed} failed`,
    counts.skipped.length && `${counts.skipped.length} skipped`,
  ]
  console.log(
    `${name.padEnd(8)}${seconds}  ${counts.failed ? 'FAILED' : 'ok    '}  ${words.filter(Boolean).join(', ')}`,
  )
  for (const { name: title, reason } of counts.skipped)
    console.log(`  skipped: ${title}: ${reason ?? 'NO REASON GIVEN'}`)
  if (counts.failed) console.log(`${output(log)}\n`)
  return counts
}

/** The stages that the words of the command line name, and the words that name test files. */
function choose(words) {
  const named = words.filter((word) => word in STAGES)
  const filters = words.filter((word) => !(word in STAGES))
  const isChosen = (name) =>
    named.length ? named.includes(name) : !STAGES[name].inPlaceOf && (!filters.length || STAGES[name].takesFilters)
  const chosen = Object.keys(STAGES).filter(isChosen)
  const joined = Object.keys(STAGES).filter((name) => STAGES[name].inPlaceOf?.every((one) => chosen.includes(one)))
  const replaced = joined.flatMap((name) => STAGES[name].inPlaceOf)
  const names = Object.keys(STAGES).filter(
    (name) => joined.includes(name) || (chosen.includes(name) && !replaced.includes(name)),
  )
  return { names, filters }
}

async function runAll() {
  const { names, filters } = choose(process.argv.slice(2).filter((word) => word !== '--all'))
  const node = await prepare()
  const chromium = names.some((name) => STAGES[name].needsChromium) ? await ensureChromium(node) : null
  if (names.some((name) => STAGES[name].needsEngines)) await ensureEngines()
  mkdirSync(RESULTS, { recursive: true })
  const env = testEnvironment(chromium)
  const total = { passed: 0, failed: 0 }
  const runNext = async (waiting) => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const counts = await runStage(name, node, env, filters)
      total.passed += counts.passed
      total.failed += counts.failed
    }
  }
  const sideBySide = names.filter((name) => STAGES[name].onOneCore)
  await Promise.all(Array.from({ length: availableParallelism() }, () => runNext(sideBySide)))
  await runNext(names.filter((name) => !STAGES[name].onOneCore))
  if (total.passed + total.failed === 0) {
    console.log(`No test file is named like ${filters.join(' or ')}.`)
    total.failed = 1
  }
  return total
}

await command(async () => {
  let total = { passed: 0, failed: 1 }
  try {
    total = await runAll()
  } finally {
    // Also when the set-up failed: whoever reads the last line reads it always.
    process.on('exit', () => console.log(`${total.passed} passed, ${total.failed} failed`))
  }
  return total.failed ? 1 : 0
})
