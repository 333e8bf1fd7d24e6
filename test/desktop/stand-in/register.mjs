/** `node --import ./register.mjs out/main/index.js`: whoever imports `electron` gets the stand-in; nothing else changes. */
import { registerHooks } from 'node:module'

const STAND_IN = new URL('./electron.ts', import.meta.url).href
const TESTS = new URL('../../', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') return { url: STAND_IN, shortCircuit: true }
    // The stand-in's own files are TypeScript and name each other without an extension.
    const ofTests = context.parentURL?.startsWith(TESTS) && specifier.startsWith('.') && !/\.\w+$/.test(specifier)
    return next(ofTests ? `${specifier}.ts` : specifier, context)
  },
})
