// vessels: every ship that is heard: feeds, fusion, the live picture, detectors, tracks.

export { DETECTORS } from './detectors/index.ts'
export { createFeedDesk, type FeedDesk, type FeedHealth, readFeedAddress } from './feeds/index.ts'
export { createLiveViews } from './live-views.ts'
export { VESSELS_MIGRATIONS } from './migrations.ts'
export { createPass, DEFAULT_CAPACITY } from './pass.ts'
export * from './pass-contract.ts'
export { loadPermits, permitRoutes } from './permit-routes.ts'
export { FLAG, type PictureColumns, type Slot } from './picture/columns.ts'
export { Picture, type StaticFacts } from './picture/picture.ts'
export { NETWORK, type Network, type PositionReport, STATION_CLASS, type StationClass } from './report.ts'
export { pointView, statusView, vesselRoutes } from './routes.ts'
export {
  densityOf,
  durableMarkOf,
  nearHits,
  openTrackDatabase,
  openTracks,
  pointsAround,
  type TrackArchive,
  type TrackPoint,
  trackOf,
} from './tracks/index.ts'
