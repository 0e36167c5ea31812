// places: areas, coast, ports and routes over water.
export * from './area.ts'
