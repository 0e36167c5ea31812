import { join } from 'node:path'
import { nearHits, openTrackDatabase, pointsAround } from '#vessels/index.ts'
import { type Command, UsageError } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { TextOutput } from './inputs.ts'
import { unarchived } from './ledger-tail.ts'
import { neededTime, readOptions } from './options.ts'
import { archivedNames, orderly, sayDamaged } from './track.ts'
import { formatOption, writePoints } from './track-output.ts'

const HELP = `usage: mangru near LAT,LON --within METRES --from T --to T [--data DIR] [--format jsonl|geojson|gpx|csv|parquet]

Which ships were within so many metres of a place: one line a ship, the nearest first, with the moment and place of her nearest approach (on the way between two
reports too). time, lat and lon are of that approach. Works beside a running product and after kill -9.

examples:
  mangru near 35.05,129.05 --within 1000 --from 2026-11-24T07:00:00Z --to 2026-11-24T09:00:00Z`

const PLACE = /^([+-]?\d+(?:\.\d+)?),\s*([+-]?\d+(?:\.\d+)?)$/

export const near: Command = {
  name: 'near',
  summary: 'which ships were near a place',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--within', '--from', '--to', '--data', '--format'])
    const [, latText, lonText] = PLACE.exec(options.words[0] ?? '') ?? []
    const [lat, lon] = [Number(latText), Number(lonText)]
    if (options.words.length !== 1 || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
      throw new UsageError('name a place as LAT,LON in degrees, for example 35.05,129.05')
    const withinM = Number(options.values.get('--within'))
    if (!(withinM > 0)) throw new UsageError('--within is missing or no number of metres')
    const [fromMs, toMs] = [neededTime(options, '--from'), neededTime(options, '--to')]
    if (toMs < fromMs) throw new UsageError('--to lies before --from')
    const format = formatOption(options.values.get('--format'))
    const data = existingDataDirectory(options.values.get('--data'))
    const names = archivedNames(data)
    const database = await openTrackDatabase({ onDamaged: sayDamaged })
    try {
      const tail = unarchived(data, names).filter(point => point.sentAtMs >= fromMs && point.sentAtMs <= toMs && point.standing !== 1)
      const points = orderly([...(await pointsAround(database, join(data, 'tracks'), lat, lon, withinM, fromMs, toMs)), ...tail])
      const hits = nearHits(points, lat, lon, withinM).map(hit => {
        const name = names.get(hit.mmsi)
        return {
          mmsi: hit.mmsi,
          ...(name ? { name } : {}),
          time: new Date(hit.nearestAtMs).toISOString(),
          lat: Number(hit.lat.toFixed(6)),
          lon: Number(hit.lon.toFixed(6)),
          nearestM: Math.round(hit.nearestM),
          points: hit.points,
        }
      })
      const out = new TextOutput()
      writePoints(hits, format, out, false)
      await out.flush()
      return 0
    } finally {
      database.close()
    }
  },
}
