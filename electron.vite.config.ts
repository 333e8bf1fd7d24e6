import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { beforeStart } from './scripts/build/before-start.mjs'
import { catalogueMessages } from './scripts/build/catalogue-messages.mjs'
import { bundledPackages, readLock } from './scripts/build/external-packages.mjs'
import { licencesFile } from './scripts/build/licences.mjs'
import { vueOptions } from './scripts/build/template-readings.mjs'
import { vueByName } from './scripts/build/vue-by-name.mjs'
import { FIRST_TEXTS } from './src-renderer/i18n/first-texts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Messages are compiled already, and what is only for other ways of use is left out. */
const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  __VUE_I18N_FULL_INSTALL__: 'false',
  __VUE_I18N_LEGACY_API__: 'false',
  __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
  __INTLIFY_PROD_DEVTOOLS__: 'false',
}

/** Links of mails lead deep (/register/TOKEN): assets are found from the root, not from there. electron-vite alone would say `./`. */
const assetsFromRoot = { name: 'assets-from-root', enforce: 'post' as const, config: () => ({ base: '/' }) }

/** The page is first drawn in the reader's colours and language: scripts set them, and none may stand in the page itself. */
const drawOnce = {
  name: 'draw-once',
  enforce: 'post' as const,
  transformIndexHtml: {
    order: 'post' as const,
    handler: (html: string) => html.replaceAll('<script type="module"', '<script type="module" blocking="render"'),
  },
}

/** The texts of a language lie in two files, those of the first screen and all others: a file for each feature would be asked for one by one. */
const textsOf = (module: string) => {
  const [, language, feature = ''] = /^\0messages:.*[\\/]([^\\/]+)[\\/]([^\\/]+)$/.exec(module) ?? []
  if (language === undefined) return null
  return FIRST_TEXTS.includes(feature) ? `texts-${language}-first` : `texts-${language}`
}

/** How the page is compiled; the page of the components (`test/gallery/components`) is compiled alike. */
export const page = {
  publicDir: false as const,
  plugins: [vue(vueOptions), catalogueMessages, vueByName, assetsFromRoot, drawOnce],
  define: VUE_FLAGS,
  server: { fs: { allow: [at('.')] } },
  build: {
    minify: true,
    // The content security policy has no `data:`.
    assetsInlineLimit: 0,
    // A list of all that a chunk needs would be larger than many a chunk, and everything lies on this machine.
    modulePreload: {
      resolveDependencies: (_: string, files: string[], { hostType }: { hostType: 'html' | 'js' }) =>
        hostType === 'html' ? files : files.filter((file) => file.endsWith('.css')),
    },
  },
}

const licences = licencesFile(at('.'))

export default defineConfig({
  main: {
    plugins: [licences.collect],
    build: {
      outDir: at('out/main'),
      emptyOutDir: true,
      externalizeDeps: { exclude: bundledPackages(readLock(at('.'))) },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: at('src-main/index.ts'),
          serve: at('src-main/serve.ts'),
          cli: at('src-main/cli.ts'),
          'copy-worker': at('src-main/database/copy/copy-worker.ts'),
        },
        // Every file lies in out/main itself: `resources` is `../../resources` from wherever the code came to stand.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      emptyOutDir: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    ...page,
    root: at('src-renderer'),
    plugins: [...page.plugins, beforeStart, licences.write],
    build: {
      ...page.build,
      outDir: at('out/renderer'),
      emptyOutDir: true,
      rolldownOptions: {
        input: at('src-renderer/index.html'),
        output: {
          chunkFileNames: 'assets/[name]-[hash].js',
          // One file holds all of the first screen: smaller than its parts, and asked for once.
          codeSplitting: {
            groups: [
              { name: textsOf },
              { name: 'first', test: /src-renderer\/(main\.ts|screens\/top\/TopScreen\.vue)/ },
            ],
          },
        },
      },
    },
  },
})
