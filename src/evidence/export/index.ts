// export: evidence that leaves the house, signed.
export { type BundleVerdict, signingKey, verifyBundle } from './bundle.ts'
export { type AlarmPart, EXPORT_MIGRATIONS, exportRoutes, type JourneyPart, spanKst } from './exports.ts'
export { isZip } from './zip.ts'
