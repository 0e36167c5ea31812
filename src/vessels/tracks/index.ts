// tracks: the archive of positions.
export { openTracks, type TracksOptions } from './archive.ts'
export type { NearHit, TrackArchive, TrackPoint } from './archive-contract.ts'
export { openTrackDatabase } from './database.ts'
export { durableMarkOf, hasPositions } from './files.ts'
export { densityOf, type LastPlace, lastPlaces, nearHits, PAST_MS, pointsAround, trackOf } from './queries.ts'
