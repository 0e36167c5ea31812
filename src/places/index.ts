// places: areas, coast, ports and routes over water.
export * from './area.ts'
export { createAreaIndex } from './area-index.ts'
export { loadAreas, PLACES_MIGRATIONS, removeArea, saveArea } from './area-store.ts'
export { type Coast, createCoast, loadCoast } from './coast.ts'
export { PORTS, type Port } from './ports.ts'
export { areaOf, areasFromGeoJson, areasToGeoJson, type ReadAreas, readAreas } from './read-areas.ts'
export { areaRoutes } from './routes.ts'
export { createRouter, type Place, type Router } from './sea-routes.ts'
