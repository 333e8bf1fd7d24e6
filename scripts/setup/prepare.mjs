/** What every command needs before it can run, each only where it is not there: packages, a Node that is new enough, a build. */
import { ensureBuild } from './ensure-build.mjs'
import { ensureNode, ensurePackages } from './ensure-packages.mjs'

/**
 * Makes the clone ready to run.
 * @returns {Promise<string>} the path of the Node to run it with
 */
export async function prepare() {
  const node = await preparePackages()
  await ensureBuild(node)
  return node
}

/** The same without a build, for what looks at the sources alone. */
export async function preparePackages() {
  const node = await ensureNode()
  await ensurePackages()
  return node
}
