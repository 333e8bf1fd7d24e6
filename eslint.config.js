import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import accessibility from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import ts from 'typescript-eslint'
import { rooms } from './eslint/rooms-plugin.js'

/*
 * Who may import whom (STYLE.md). Each role of a file has the list of what it may import; all else is refused with the
 * reason. `test/main/lint` proves that every line bites.
 */

const here = String.raw`\.{1,2}(?:/[\w.-]+)*`
const file = (name) => String.raw`(?:#main|${here})/(?:[\w.-]+/)*${name}`
const role = (...names) => file(String.raw`[\w-]+\.(?:${names.join('|')})`)
const folder = (...names) => file(String.raw`(?:${names.join('|')})/[\w./-]+`)
const npm = (...names) => String.raw`(?:${names.join('|')})(?:/.*)?`

const CONTRACT = String.raw`#(?:contract|domain)/[\w/-]+`
const RESOURCES = String.raw`${here}/resources/.*`

/** Refuses every import that none of the patterns fits. Types may come from anywhere but the forbidden. */
const only = (message, ...allowed) => ({ allowed, message, allowTypeImports: true })
const never = (message, ...forbidden) => ({ forbidden, message })

const NO_ELECTRON = never(
  'Electron is for src-main/desktop, src-main/index.ts and src-preload/index.ts alone.',
  npm('electron'),
)
const NO_RENDERER = never(
  'The service and the shells do not know the screens.',
  String.raw`.*src-renderer.*`,
  npm('vue', 'pinia'),
)
const NO_ENTRIES = never(
  'Entries and compose.ts put things together; nothing below them imports them. A type may be.',
  file('(?:app/compose|serve|cli|index)'),
)
NO_ENTRIES.allowTypeImports = true

/** What is forbidden is left to its own pattern: with two that fit, the one that lets types pass would win. */
const imports = (...patterns) => {
  const forbidden = patterns.flatMap((pattern) => pattern.forbidden ?? [])
  const regex = ({ allowed, forbidden: own }) =>
    allowed ? `^(?!(?:${[...allowed, ...forbidden].join('|')})$)` : `^(?:${own.join('|')})$`
  return {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: patterns.map((pattern) => ({
          regex: regex(pattern),
          message: pattern.message,
          allowTypeImports: pattern.allowTypeImports ?? false,
        })),
      },
    ],
  }
}

const IMPORT_RULES = [
  { files: ['src-main/**/*.ts'], rules: imports(NO_ELECTRON, NO_RENDERER, NO_ENTRIES) },
  { files: ['src-main/{serve,cli}.ts'], rules: imports(NO_ELECTRON, NO_RENDERER) },
  { files: ['src-main/index.ts'], rules: imports(NO_RENDERER) },
  { files: ['src-main/desktop/**/*.ts'], rules: imports(NO_RENDERER, NO_ENTRIES) },
  {
    files: ['src-main/**/*.rules.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      only(
        'A rule decides, without I/O: it imports other rules, platform/result, the contract, zod and Temporal.',
        role('rules', 'reference'),
        file('platform/result'),
        CONTRACT,
        npm('zod', 'temporal-polyfill'),
      ),
    ),
  },
  {
    files: ['src-main/**/*.table.ts'],
    rules: imports(NO_ELECTRON, NO_RENDERER, only('A table is types.', CONTRACT, role('table'))),
  },
  {
    files: ['src-main/**/*.repo.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      only(
        'A repo fetches and keeps: kysely, tables, rules, clock and ids; no HTTP, no mail, no hashing of passwords.',
        npm('kysely', 'temporal-polyfill'),
        role('table', 'rules', 'repo'),
        folder('database'),
        file('platform/(?:clock|ids|result)'),
        CONTRACT,
      ),
    ),
  },
  {
    files: ['src-main/**/*.action.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      only(
        'An action is one use case: its transaction, rules, repos, mails, audit; it knows neither HTTP nor the scheduler.',
        npm('temporal-polyfill', 'zod', 'csv-parse'),
        role('action', 'query', 'repo', 'reference', 'rules', 'mail'),
        folder('mail'),
        file('database/(?:open|audit|app-metadata|tables/[\\w-]+\\.table|rate-limit/[\\w.-]+)'),
        file('platform/(?:clock|ids|result|outcome|field-problems|crypto/[\\w-]+)'),
        RESOURCES,
        CONTRACT,
      ),
      never('HTTP belongs to the routes.', npm('hono', 'hono-openapi'), file('http/(?:problem|validate|openapi)')),
    ),
  },
  {
    files: ['src-main/**/*.{routes,job}.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      only(
        'Routes and jobs carry: they parse, call an action, a query or a repo, and answer; SQL belongs into a repo, decisions into a rule.',
        npm('hono', 'hono-openapi', 'zod', 'temporal-polyfill'),
        role('action', 'query', 'files', 'repo', 'reference', 'rules', 'mail', 'guard', 'table'),
        folder('http', 'mail'),
        file('database/(?:open|audit|rate-limit/[\\w.-]+)'),
        file('platform/(?:clock|csv|ids|scheduler|result|outcome|log/log)'),
        CONTRACT,
      ),
    ),
  },
  {
    files: ['src-main/**/*.{query,files}.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      NO_ENTRIES,
      never(
        'A query answers and changes nothing, .files reads and writes files: rows are for a repo, HTTP and words of the command line for others.',
        npm('kysely', 'hono', 'hono-openapi', 'commander', 'nodemailer'),
        role('routes', 'job', 'command', 'guard'),
      ),
    ),
  },
  {
    files: ['src-main/**/*.mail.ts'],
    rules: imports(
      NO_ELECTRON,
      NO_RENDERER,
      only(
        'A mail is words: outbox, composer, texts, rules; it does not deliver and does not ask the database.',
        role('rules', 'reference'),
        folder('mail'),
        file('platform/(?:clock|result)'),
        CONTRACT,
        RESOURCES,
        npm('zod', 'temporal-polyfill'),
      ),
      never('The transport is the worker’s.', npm('nodemailer'), file('mail/delivery/(?:transports|worker)')),
    ),
  },
  {
    files: ['src-preload/{contract,domain}/**/*.ts'],
    rules: imports({
      ...only(
        'The contract imports nothing but itself and zod.',
        String.raw`(?:\.{1,2}/)+[\w/-]+`,
        CONTRACT,
        npm('zod'),
      ),
      allowTypeImports: false,
    }),
  },
  {
    files: ['src-preload/index.ts'],
    rules: imports(
      only(
        'The bridge has no logic: electron and the contract.',
        npm('electron'),
        CONTRACT,
        String.raw`\./(?:contract|domain)/[\w/-]+`,
      ),
    ),
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    rules: imports(
      never('The screens do not know the shells.', npm('electron'), String.raw`node:.*`),
      only(
        'The screens import the Vue family, the contract and themselves; from src-main types only.',
        npm(
          'vue',
          'vue-router',
          'vue-i18n',
          '@intlify/.*',
          'pinia',
          '@vueuse/.*',
          'reka-ui',
          'zod',
          'temporal-polyfill',
        ),
        npm(
          'hono/client',
          '@fontsource-variable/.*',
          '@digital-go-jp/design-tokens',
          'budoux',
          'qrcode',
          'markdown-it',
        ),
        CONTRACT,
        RESOURCES,
        String.raw`(?!.*(?:src-main|src-preload|/test/))${here}(?:\?\w+)?`,
      ),
    ),
  },
]

/* Product code: time and chance are injected, nothing prints, everything has a name. */

const NO_OWN_TIME = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now'], CallExpression[callee.name='Date']",
    message: 'Time comes from the injected Clock.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes from the injected Clock.' },
  {
    selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
    message: 'Time comes from the injected Clock.',
  },
  {
    selector: "MemberExpression[object.name='performance'], MemberExpression[object.property.name='performance']",
    message: 'Running time comes from the injected clock.',
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance comes from platform/ids.',
  },
]
const NO_DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
const syntax = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] })

const EVERY_TEST_RUNS =
  'Every test runs. Where a machine lacks something: test.skip(condition, "reason") or context.skip("reason").'
const TEST = '/^(it|test|describe|suite)$/'
/** `it.NAME` and `it.concurrent.NAME`. */
const member = (names) =>
  ['', 'object.'].map((deep) => `MemberExpression[${deep}object.name=${TEST}][property.name=/^(${names})$/]`)

const IN_TESTS = [
  NO_DEFAULT_EXPORT,
  ...member('only|todo|fixme|fails').map((selector) => ({ selector, message: EVERY_TEST_RUNS })),
  ...member('skip').map((selector) => ({
    selector: `${selector}:not(CallExpression[arguments.length=2][arguments.1.type=/^(Literal|TemplateLiteral)$/] > .callee)`,
    message: EVERY_TEST_RUNS,
  })),
  { selector: "CallExpression[callee.property.name='waitForTimeout']", message: 'Wait for what a person would see.' },
]

const PRODUCT = ['src-main/**/*.ts', 'src-preload/**/*.ts', 'src-renderer/**/*.{ts,vue}']

export default ts.config(
  { ignores: ['out/', 'dist/', 'node_modules/', '.tools/', '.cache/', 'test-results/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.{ts,vue}'],
    extends: [ts.configs.strict],
    rules: {
      // TypeScript itself knows names better, in Vue files too.
      'no-undef': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: ['error', 'always'],
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true, skipRegExps: true }],
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT],
      // Two kinds of schemas do not fit together, and of the classic ones the page would load every method of every schema.
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^zod(?:$|/(?!mini$))', message: 'Schemas are written with zod/mini, everywhere.' }] },
      ],
    },
  },
  // What only types can tell, where they are complete: not in Vue files, which vue-tsc checks.
  {
    files: ['src-main/**/*.ts', 'src-preload/**/*.ts', 'test/**/*.ts'],
    ignores: ['test/renderer/**', 'test/gallery/components/**'],
    languageOptions: { parserOptions: { project: './tsconfig.node.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    files: ['src-renderer/**/*.vue', 'test/gallery/**/*.vue'],
    extends: [
      ...vue.configs['flat/recommended'],
      ...accessibility.configs['flat/recommended'],
      vue.configs['no-layout-rules'],
    ],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      // The manual's own words that are the same in every language.
      'vue/no-bare-strings-in-template': [
        'error',
        { allowlist: ['Language', 'TRAINING', '…', '・', '/', '–', '(', ')', '（', '）'] },
      ],
      'vue/multi-word-component-names': ['error', { ignores: ['T'] }],
      // A function named like an event or prop is no collision in script setup: the template sees one of them, by rule.
      'vue/no-dupe-keys': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'vue/no-unused-refs': 'error',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      // What a composable made may be written to; the prop itself not.
      'vue/no-mutating-props': ['error', { shallowOnly: true }],
    },
  },
  // Samples are no texts of the program.
  { files: ['test/gallery/**/*.vue'], rules: { 'vue/no-bare-strings-in-template': 'off' } },
  {
    files: ['src-*/**/*.ts', 'src-*/**/*.vue'],
    ignores: ['**/*.d.ts'],
    plugins: { rooms },
    rules: { 'rooms/order': 'error', 'rooms/home': 'error' },
  },
  { files: PRODUCT, rules: { 'no-console': 'error', ...syntax(NO_DEFAULT_EXPORT, ...NO_OWN_TIME) } },
  {
    files: ['src-main/platform/{clock,ids}.ts', 'src-renderer/stores/page-clock.ts'],
    rules: syntax(NO_DEFAULT_EXPORT),
  },
  // The entries speak to the person who started them; the page's says in the browser's console what nobody caught.
  { files: ['src-main/{serve,cli,index}.ts', 'src-renderer/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['src-main/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['window', 'document', 'localStorage', 'navigator', 'location'].map((name) => ({
          name,
          message: 'There is no page in the main process.',
        })),
      ],
    },
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'global', '__dirname'].map((name) => ({
          name,
          message: 'There is no Node in the page.',
        })),
      ],
    },
  },
  {
    files: ['test/**/*.{ts,vue}'],
    rules: {
      ...syntax(...IN_TESTS),
      // Tests read what programs and other programs' formats answer.
      'no-control-regex': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['*.config.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
  ...IMPORT_RULES,
)
