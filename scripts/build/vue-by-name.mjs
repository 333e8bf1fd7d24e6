/**
 * Two libraries ask the whole of Vue for what one of its versions may have (`key in Vue`), so that all of Vue would be packed: hydration,
 * transitions and all. Here they ask by name. A build with a version of theirs that is written otherwise fails, so that this is looked at again.
 */
const BY_NAME = [
  {
    file: /\/vue-i18n\/dist\/vue-i18n\.mjs$/,
    whole: "import * as Vue from 'vue';",
    names: "import { getCurrentInstance as currentOfVue } from 'vue';",
    asked:
      /const key = 'currentInstance';\s*if \(key in Vue\) \{\s*return Vue\[key\];\s*\}\s*else \{\s*return Vue\.getCurrentInstance\(\);\s*\}/,
    instead: 'return currentOfVue();',
  },
  {
    file: /\/reka-ui\/dist\/shared\/useId\.js$/,
    whole: 'import * as vue from "vue";',
    names: 'import { useId as idOfVue } from "vue";',
    asked: /else if \("useId" in vue\) id = vue\.useId\?\.\(\);\s*else id = `\$\{\+\+count\}`;/,
    instead: 'else id = idOfVue();',
  },
]

/** @type {import('vite').Plugin} */
export const vueByName = {
  name: 'vue-by-name',
  apply: 'build',
  transform: {
    filter: { id: BY_NAME.map(({ file }) => file) },
    handler(code, id) {
      const { whole, names, asked, instead } = BY_NAME.find(({ file }) => file.test(id))
      if (!code.includes(whole) || !asked.test(code))
        this.error(`${id} asks Vue in another way than scripts/build/vue-by-name.mjs knows`)
      return { code: code.replace(whole, names).replace(asked, instead), map: null }
    },
  },
}
