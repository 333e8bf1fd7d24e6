/** ESLint rules by the table of rooms: which room may import which, and which names a file of a feature may have. */
import { basename, relative, sep } from 'node:path'
import { importedPath, mayImport, ROLES, roomOf } from './rooms.js'

const pathOf = (context) => relative(context.cwd, context.filename).split(sep).join('/')

/** The source of each import and re-export of a file, also of those that are made while it runs. */
const onEachSource = (check) => ({
  ImportDeclaration: ({ source }) => check(source),
  ExportNamedDeclaration: ({ source }) => source && check(source),
  ExportAllDeclaration: ({ source }) => check(source),
  ImportExpression: ({ source }) => source.type === 'Literal' && check(source),
})

const order = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { up: '{{from}} may not import {{to}}: see the order in eslint/rooms.js.' },
  },
  create(context) {
    const file = pathOf(context)
    const from = roomOf(file)
    if (from === null) return {}
    return onEachSource((source) => {
      const path = importedPath(file, String(source.value))
      const to = path && roomOf(path)
      if (to && !mayImport(from, to)) context.report({ node: source, messageId: 'up', data: { from, to } })
    })
  },
}

const home = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      room: 'This file lies in no room: eslint/rooms.js lists them.',
      role: 'The last part of the name says what a file of a feature does: {{roles}}.',
    },
  },
  create(context) {
    const file = pathOf(context)
    const [, role] = basename(file, '.ts').split('.')
    return {
      Program(node) {
        if (roomOf(file) === null) context.report({ node, messageId: 'room' })
        else if (file.startsWith('src-main/features/') && !ROLES.includes(role))
          context.report({ node, messageId: 'role', data: { roles: ROLES.join(', ') } })
      },
    }
  },
}

export const rooms = { rules: { order, home } }
