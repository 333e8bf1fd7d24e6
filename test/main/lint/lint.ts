import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import ts from 'typescript-eslint'

const eslint = new ESLint({
  cwd: fileURLToPath(new URL('../../..', import.meta.url)),
  // The files of the tests do not exist: what needs types is left out.
  overrideConfig: ts.configs.disableTypeChecked,
})

/** The rules that object to this code, were it the content of that file. */
export async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  const messages = result?.messages ?? []
  const broken = messages.find(({ fatal }) => fatal)
  if (broken) throw new Error(broken.message)
  return messages.map(({ ruleId }) => ruleId ?? '')
}

/** Those of the lines to which the rule objects, were they the content of that file. */
export async function refusedLines(filePath: string, lines: string[], rule: string): Promise<string[]> {
  const [result] = await eslint.lintText(`${lines.join('\n')}\n`, { filePath })
  const refused = new Set(result?.messages.filter(({ ruleId }) => ruleId === rule).map(({ line }) => line))
  return lines.filter((_, index) => refused.has(index + 1))
}
