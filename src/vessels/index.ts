// vessels: every ship that is heard: feeds, fusion, the live picture, detectors, tracks.

export { DETECTORS } from './detectors/index.ts'
export { createFeedDesk, type FeedDesk, type FeedHealth, passwordsOf, readFeedAddress } from './feeds/index.ts'
export { createLiveViews, type LiveViews } from './live-views.ts'
export { VESSELS_MIGRATIONS } from './migrations.ts'
export { createPass, DEFAULT_CAPACITY } from './pass.ts'
export * from './pass-contract.ts'
export { type PlaceAt, pointView } from './past-routes.ts'
export { loadPermits, permitRoutes } from './permit-routes.ts'
export { FLAG, type PictureColumns, type Slot } from './picture/columns.ts'
export { Picture, type StaticFacts } from './picture/picture.ts'
export { VESSELS_POLICIES, VESSELS_TOPICS } from './policy.ts'
export { NETWORK, type Network, type PositionReport } from './report.ts'
export { statusView, vesselRoutes } from './routes.ts'
export { type BulkIn, type BulkOut, memoryBulk } from './saving.ts'
export { STATION_CLASS, type StationClass } from './schema.ts'
export { searchShips } from './search.ts'
export {
  densityOf,
  durableMarkOf,
  hasPositions,
  type LastPlace,
  lastPlaces,
  nearHits,
  openTrackDatabase,
  openTracks,
  PAST_MS,
  pointsAround,
  type TrackArchive,
  type TrackPoint,
  trackOf,
} from './tracks/index.ts'
