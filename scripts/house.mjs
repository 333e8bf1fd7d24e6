/**
 * `npm run house`: the rooms of the program from the top down with the number of their files, and what each imports of the rooms below.
 * Ends with 1 where an import leads up or round in a circle, a file has no room, or a folder has too many files.
 */
import { become } from './setup/child.mjs'
import { preparePackages } from './setup/prepare.mjs'
import { command, ROOT } from './setup/step.mjs'

/** A room with the number of its files, and on the next line its imports of other rooms. */
function drawRoom(room, { rooms, arrows }, inOrder) {
  const others = inOrder.filter((other) => arrows.has(`${room} → ${other}`))
  const imports = others.map((other) => `${other} ${arrows.get(`${room} → ${other}`)}`)
  return [`${room}: ${rooms.get(room)}`, ...(imports.length ? [`    → ${imports.join(', ')}`] : [])]
}

const drawFault = (title, found) => [`${title}: ${found.length || 'none'}`, ...found.map((line) => `    ${line}`)]

async function show() {
  const { measureHouse, readImports } = await import('./checks/measure-house.mjs')
  const { compareRooms } = await import('../eslint/rooms.js')
  const house = measureHouse(readImports(ROOT))
  const inOrder = [...house.rooms.keys()].sort(compareRooms)
  const faults = [
    ['Imports that lead up', house.up],
    ['Circles of files', house.circles],
    ['Files without a room', house.homeless],
    ['Folders with too many files', house.large],
  ]
  console.log(inOrder.flatMap((room) => drawRoom(room, house, inOrder)).join('\n'))
  console.log(['', ...faults.flatMap(([title, found]) => drawFault(title, found))].join('\n'))
  return faults.some(([, found]) => found.length > 0) ? 1 : 0
}

await command(async () => {
  const node = await preparePackages()
  return node === process.execPath ? show() : become(node, process.argv.slice(1))
})
