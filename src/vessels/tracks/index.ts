// tracks: the archive of positions.
export { openTracks, type TracksOptions } from './archive.ts'
export type { NearHit, TrackArchive, TrackPoint } from './archive-contract.ts'
export { openTrackDatabase } from './database.ts'
export { durableMarkOf } from './files.ts'
export { densityOf, nearHits, pointsAround, trackOf } from './queries.ts'
