/** A copy that was made before an upgrade, by its file; `changedAt` in milliseconds. */
export interface UpgradeCopy {
  file: string
  changedAt: number
}

/** Ours: copies hold people's data, who may have asked to be deleted since; two versions back is far enough. */
const VERSIONS_KEPT = 2
/** Ours: copies before steps of the schema; an upgrade of many steps makes many. */
const STEPS_KEPT = 4

/** What was copied first of a kind is `before-version-1.0.1.sqlite`, then comes `before-version-1.0.1~2.sqlite`. */
const kindOf = (file: string) => file.replace(/(?:~\d+)?\.sqlite$/, '')

/**
 * Which copies go: of the versions, the two that were come to last keep theirs, of each the first (what was there before all trouble)
 * and the last; the same for steps of the schema.
 */
export function copiesToForget(copies: readonly UpgradeCopy[]): string[] {
  const forgetOf = (ofKind: readonly UpgradeCopy[], kept: number): string[] => {
    const newestFirst = [...ofKind].sort(
      (one, other) => other.changedAt - one.changedAt || other.file.localeCompare(one.file),
    )
    const kinds = [...new Set(newestFirst.map(({ file }) => kindOf(file)))]
    return newestFirst.flatMap(({ file }) => {
      const same = newestFirst.filter((other) => kindOf(other.file) === kindOf(file))
      const isEdge = same[0]?.file === file || same.at(-1)?.file === file
      return isEdge && kinds.indexOf(kindOf(file)) < kept ? [] : [file]
    })
  }
  const isVersion = ({ file }: UpgradeCopy) => file.startsWith('before-version-')
  return [
    ...forgetOf(copies.filter(isVersion), VERSIONS_KEPT),
    ...forgetOf(
      copies.filter((copy) => !isVersion(copy)),
      STEPS_KEPT,
    ),
  ]
}
