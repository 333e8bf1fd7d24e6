/**
 * Readings in templates. A text may carry the readings of its kanji (`src-renderer/i18n/readings/readings.ts`); wherever a template shows one,
 * `{{ … }}` becomes `<ruby>`, and what becomes a name or a title loses them. So nobody who writes a screen has to think of readings.
 */
import { fileURLToPath } from 'node:url'
import { NodeTypes } from '@vue/compiler-dom'

const PATH = fileURLToPath(new URL('../../src-renderer/i18n/readings/readings-text.ts', import.meta.url)).replaceAll(
  '\\',
  '/',
)
const IMPORT =
  '{ showReadings as _showReadings, withoutReadings as _withoutReadings, bracketReadings as _bracketReadings, spokenOf as _spokenOf }'

/** Only text fits in these. */
const TEXT_ONLY = new Set(['option', 'textarea', 'title', 'text', 'tspan'])
/** Attributes that are read out or shown as a tooltip, on elements and components alike. */
const isName = (name) => name.startsWith('aria-') || name === 'placeholder'
/** The same, where no component of ours has a property of this name. */
const NAMES_OF_ELEMENTS = new Set(['title', 'alt', 'label'])

const call = (name, expression) => ({
  type: NodeTypes.COMPOUND_EXPRESSION,
  loc: expression.loc,
  children: [`${name}(`, expression, ')'],
})

const isAriaLabel = (prop) => prop.name === 'aria-label' || prop.arg?.content === 'aria-label'

const binding = (name, exp) => ({
  type: NodeTypes.DIRECTIVE,
  name: 'bind',
  rawName: `:${name}`,
  exp,
  arg: { type: NodeTypes.SIMPLE_EXPRESSION, content: name, isStatic: true, constType: 3, loc: exp.loc },
  modifiers: [],
  loc: exp.loc,
})

/** @type {import('@vue/compiler-dom').NodeTransform} */
function readingsInTemplates(node, context) {
  const use = () => {
    if (!context.imports.some(({ path }) => path === PATH)) context.imports.push({ exp: IMPORT, path: PATH })
  }
  if (node.type === NodeTypes.INTERPOLATION) {
    use()
    const { parent } = context
    if (parent?.type === NodeTypes.ELEMENT && TEXT_ONLY.has(parent.tag)) {
      // What is chosen from a list is called by its words alone.
      if (parent.tag === 'option' && parent.children.length === 1 && !parent.props.some(isAriaLabel))
        parent.props.push(binding('aria-label', call('_spokenOf', node.content)))
      node.content = call('_bracketReadings', node.content)
    } else
      // A call that makes a text node, as far as the compiler is concerned: it looks into `content` for what a slot depends on.
      context.replaceNode({
        type: NodeTypes.TEXT_CALL,
        content: node.content,
        loc: node.loc,
        codegenNode: {
          type: NodeTypes.JS_CALL_EXPRESSION,
          loc: node.loc,
          callee: '_showReadings',
          arguments: [node.content],
        },
      })
    return
  }
  if (node.type !== NodeTypes.ELEMENT) return
  const isElement = node.tagType === 0
  for (const prop of node.props) {
    if (prop.type !== NodeTypes.DIRECTIVE || prop.name !== 'bind' || !prop.exp || !prop.arg?.isStatic) continue
    const name = prop.arg.content
    if (!isName(name) && !(isElement && NAMES_OF_ELEMENTS.has(name))) continue
    use()
    prop.exp = call('_withoutReadings', prop.exp)
  }
}

/** Options of the Vue plugin, for the build and for the tests of the renderer. */
export const vueOptions = { template: { compilerOptions: { nodeTransforms: [readingsInTemplates] } } }
