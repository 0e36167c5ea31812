// Checks that imports go down: never up, never sideways, never past a door, never from the browser to the server, never in a circle.
// Looked at no file = failed: a check that sees nothing must not say that all is well.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { BESIDE, DOORS, FLOORS, NOT_BELOW, PURE, ROOF, ROOF_DOORS } from './floors.ts'

export interface SourceFile {
  /** Path below src/, with slashes. */
  readonly path: string
  readonly text: string
}

export interface Breach {
  readonly file: string
  readonly imports: string
  readonly rule: string
}

/** All TypeScript files below `directory`, tests left out: they may open any door. */
export function readSources(directory: string): SourceFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
    .map(path => ({ path, text: readFileSync(join(directory, path), 'utf8') }))
}

/** Module requests of a file that lead to our own files, as paths below src/. */
function ownImports(file: SourceFile): string[] {
  const { module, errors } = parseSync(file.path, file.text, {})
  if (errors.length > 0) throw new Error(`${file.path} cannot be read: ${errors[0]?.message}`)
  const requests = [
    ...module.staticImports.map(found => found.moduleRequest.value),
    ...module.staticExports.flatMap(found => found.entries.flatMap(entry => (entry.moduleRequest ? [entry.moduleRequest.value] : []))),
    ...module.dynamicImports.map(found =>
      file.text.slice(found.moduleRequest.start, found.moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
    ),
  ]
  return requests.flatMap(request => {
    if (request.startsWith('#')) return [request.slice(1)]
    if (request.startsWith('.')) return [normalize(join(dirname(file.path), request)).replaceAll('\\', '/')]
    return []
  })
}

const roomOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '')
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
const isRoof = (room: string): boolean => room === '' || ROOF.includes(room)

/** Why `from` may not import `to` (paths below src/), or undefined. */
export function breachOf(from: string, to: string): string | undefined {
  const [own, other] = [roomOf(from), roomOf(to)]
  const pure = Object.keys(PURE).find(folder => from.startsWith(`${folder}/`))
  if (pure !== undefined && !to.startsWith(`${pure}/`) && !PURE[pure]?.includes(other))
    return `${pure} is pure: it may import ${PURE[pure]?.join(', ')} only`
  if (own === other) return undefined
  // Tools, checks and benchmarks lie beside src/; only the roof starts them.
  if (other === '..') return isRoof(own) ? undefined : 'only the roof opens what lies beside src/'
  if (isRoof(other)) return isRoof(own) ? undefined : 'nothing imports the roof'
  if (isRoof(own)) return [...DOORS, ...ROOF_DOORS].includes(nameOf(to)) ? undefined : 'past the door: import the room’s index.ts'
  const beside = BESIDE[own]
  if (beside) {
    if (beside.schema && nameOf(to) === 'schema.ts') return undefined
    if (beside.pure?.some(folder => to === `${folder}/index.ts`)) return undefined
    if (!beside.rooms.includes(other))
      return `${own} may import ${beside.rooms.join(', ')}${beside.schema ? ' and any schema.ts' : ''} only`
    return other === 'base' || DOORS.includes(nameOf(to)) ? undefined : 'past the door: import the room’s index.ts'
  }
  const ownFloor = FLOORS.findIndex(floor => floor.rooms.includes(own))
  const otherFloor = FLOORS.findIndex(floor => floor.rooms.includes(other))
  if (ownFloor < 0) return `the room ${own} stands on no floor: add it to tools/floors.ts`
  if (otherFloor < 0) return `${other} is beside the floors: only tests and the roof open it`
  if (otherFloor > ownFloor || NOT_BELOW[own]?.includes(other)) return `upward: ${own} may not know ${other}`
  if (otherFloor === ownFloor) {
    const floor = FLOORS[ownFloor]
    if (!floor?.chain || floor.rooms.indexOf(other) > floor.rooms.indexOf(own)) return `sideways: ${own} may not know ${other}`
  }
  return other === 'base' || DOORS.includes(nameOf(to)) ? undefined : 'past the door: import the room’s index.ts'
}

/** Every breach in the given files, circles included. */
export function findBreaches(files: readonly SourceFile[]): Breach[] {
  const edges = new Map(files.map(file => [file.path, ownImports(file)]))
  const breaches = [...edges].flatMap(([file, targets]) =>
    targets.flatMap(imports => {
      const rule = breachOf(file, imports)
      return rule ? [{ file, imports, rule }] : []
    }),
  )
  return [...breaches, ...findCircles(edges)]
}

function findCircles(edges: ReadonlyMap<string, readonly string[]>): Breach[] {
  const state = new Map<string, 'open' | 'done'>()
  const circles: Breach[] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      const circle = [...trail.slice(trail.indexOf(file)), file]
      circles.push({ file, imports: circle.join(' → '), rule: 'circle' })
      return
    }
    state.set(file, 'open')
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file])
    state.set(file, 'done')
  }
  for (const file of edges.keys()) visit(file, [])
  return circles
}
