import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { page } from './electron.vite.config.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** `npm run components`: every component in all of its states, compiled as the program's page is. Nothing of it is shipped. */
export default defineConfig({
  ...page,
  root: at('test/gallery/components'),
  cacheDir: at('.cache/vite'),
  server: { ...page.server, host: '127.0.0.1', port: 4182 },
  preview: { host: '127.0.0.1', port: 0 },
  build: { ...page.build, outDir: at('.cache/components'), emptyOutDir: true, target: 'esnext' },
})
