// What the ledger holds and the archive does not yet: the running minutes, or what a killed product had not archived. Sent through the same pass.
import { join } from 'node:path'
import { readLedger } from '#evidence/index.ts'
import { sealFeedOf } from '#seals/index.ts'
import { createPass, durableMarkOf, type TrackPoint } from '#vessels/index.ts'

/** Names learnt on the way are added to `names`. */
export function unarchived(data: string, names: Map<number, string>): TrackPoint[] {
  const points: TrackPoint[] = []
  const durable = durableMarkOf(join(data, 'tracks'))
  const pass = createPass({
    capacity: 100_000,
    detectors: [],
    sink: () => {},
    archive: (report, standing) => {
      if (report.mark > durable) points.push({ ...report, sentAtMs: Math.floor(report.sentAtMs / 1000) * 1000, standing })
    },
  })
  readLedger(join(data, 'ledger'), { fromMark: Math.max(0, durable + 1) }, (entry, feed) => {
    if (entry.feed !== 0 && sealFeedOf(feed) === undefined) pass.bytes(pass.feed(feed), entry.bytes, entry.receivedAtMs, entry.mark)
  })
  pass.flush()
  for (let slot = 0; slot < pass.picture.highWater; slot++)
    if (pass.picture.name[slot]) names.set(pass.picture.mmsi[slot] ?? 0, pass.picture.name[slot] ?? '')
  return points
}
