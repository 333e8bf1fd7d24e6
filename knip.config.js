/**
 * Finds files, exports and packages that nobody uses, and packages that are used without being declared (a part of `npm run lint`);
 * with `--production` also code that only tests use. Mend a finding by deletion; whatever is ignored here says why.
 * A path with `!` is part of the program that people get.
 */
export default {
  entry: [
    // Built by electron-vite, or named in an index.html.
    'src-main/{index,serve,cli,database/copy-worker}.ts!',
    'src-preload/index.ts!',
    'src-renderer/main.ts!',
    // Brought in by steps of the build: before-start, template-readings and catalogue-messages in scripts/build.
    'src-renderer/{before-start,i18n/readings/readings-text}.ts!',
    'test/gallery/components/main.ts',
    // Started by their path, as a program or by `--import`.
    'scripts/*.mjs',
    'scripts/{setup/follow-parent,checks/vitest-counts}.mjs',
    'test/{engines/support/keeper,faults/throw-later,support/command-line,support/program-host,desktop/stand-in/register}.mjs',
    'electron-builder.config.ts',
  ],
  project: ['src-*/**/*.{ts,vue,css}!', 'scripts/**/*.mjs', 'test/**/*.{ts,vue,mjs,css}', '*.config.{ts,js}'],
  compilers: {
    css: (text) => [...text.matchAll(/@import\s+['"][^'"]+['"]/g)].map(([line]) => line.slice(1)).join('\n'),
  },
  // `scripts/test.mjs` runs it by its path.
  ignoreDependencies: ['vue-tsc'],
  // Programs of the system that tests use where they are there.
  ignoreBinaries: ['openssl', 'mount', 'umount'],
  // An exported type or constant that only its own file uses is no dead code.
  ignoreExportsUsedInFile: true,
}
