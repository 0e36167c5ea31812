// The house's floors: who may import whom. ARCHITECTURE.md explains them; tools/import-rules.ts checks them over every file of src/.

/** Rooms from the ground up. Within a floor listed as a chain, each room may use the ones before it; otherwise never sideways. */
export const FLOORS: readonly { readonly name: string; readonly rooms: readonly string[]; readonly chain: boolean }[] = [
  { name: 'base', rooms: ['base'], chain: false },
  { name: 'wire', rooms: ['wire'], chain: false },
  { name: 'platform', rooms: ['platform'], chain: false },
  { name: 'ground', rooms: ['evidence', 'places', 'rules', 'access'], chain: true },
  { name: 'senses', rooms: ['vessels', 'cctv', 'seals', 'patrols', 'declarations', 'news'], chain: false },
  { name: 'judgement', rooms: ['incidents', 'risk', 'alerts'], chain: true },
  { name: 'desk', rooms: ['shifts', 'statistics', 'reports', 'wall', 'exchange'], chain: true },
]

/** Floors that a room may not use although they lie below it. */
export const NOT_BELOW: Readonly<Record<string, readonly string[]>> = {
  platform: ['wire'],
}

/** Folders that stay pure: they import only themselves and these rooms, so that who stands beside the floors may use them. */
export const PURE: Readonly<Record<string, readonly string[]>> = {
  'seals/protocols': ['base'],
}

/** Rooms beside the floors, with exactly what they may import. `schema` means any room's schema.ts, `pure` the folders of PURE by their index.ts. */
export const BESIDE: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly schema: boolean; readonly pure?: readonly string[] }>
> = {
  sim: { rooms: ['base', 'wire', 'places'], schema: false, pure: ['seals/protocols'] },
  web: { rooms: ['base'], schema: true },
  testkit: { rooms: FLOORS.flatMap(floor => [...floor.rooms]), schema: true },
}

/** The roof: wires everything, is imported by nobody. Files directly in src/ belong to it too. */
export const ROOF: readonly string[] = ['commands', 'roles']

/** What of a room others may open: its front door, the shapes the browser may see, and its settings (for the roof). */
export const DOORS: readonly string[] = ['index.ts', 'schema.ts']
export const ROOF_DOORS: readonly string[] = ['settings.ts', 'build.ts']
