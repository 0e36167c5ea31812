import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTrackDatabase, pointView, type TrackPoint, trackOf } from '#vessels/index.ts'
import { type Command, UsageError } from './command.ts'
import { existingDataDirectory } from './data.ts'
import { TextOutput } from './inputs.ts'
import { unarchived } from './ledger-tail.ts'
import { neededTime, readOptions } from './options.ts'
import { formatOption, writePoints } from './track-output.ts'
import type { OutputPoint } from './track-parquet.ts'

const HELP = `usage: mangru track MMSI --from T --to T [--data DIR] [--format jsonl|geojson|gpx|csv|parquet] [--strays]

Where a ship was, from the archive, and from the ledger what is not archived yet. Works beside a running product and after kill -9. Times are ISO 8601.

  --strays   also the reports that were kept out of the picture as impossible

examples:
  mangru track 440123456 --from 2026-11-24T00:00:00Z --to 2026-11-25T00:00:00Z
  mangru track 440123456 --from 2026-11-24T00:00:00Z --to 2026-11-25T00:00:00Z --format gpx >ship.gpx`

export const track: Command = {
  name: 'track',
  summary: 'where a ship was',
  help: HELP,
  async run(args) {
    const options = readOptions(args, ['--from', '--to', '--data', '--format'], ['--strays'])
    const mmsi = Number(options.words[0])
    if (!Number.isInteger(mmsi) || mmsi <= 0 || options.words.length !== 1)
      throw new UsageError('name one ship by her MMSI, for example mangru track 440123456 --from … --to …')
    const [fromMs, toMs] = [neededTime(options, '--from'), neededTime(options, '--to')]
    if (toMs < fromMs) throw new UsageError('--to lies before --from')
    const format = formatOption(options.values.get('--format'))
    const data = existingDataDirectory(options.values.get('--data'))
    const database = await openTrackDatabase({ onDamaged: sayDamaged })
    const names = archivedNames(data)
    try {
      const tail = unarchived(data, names)
      const points = orderly([
        ...(await trackOf(database, join(data, 'tracks'), mmsi, fromMs, toMs)),
        ...tail.filter(point => point.mmsi === mmsi && point.sentAtMs >= fromMs && point.sentAtMs <= toMs),
      ])
      const out = new TextOutput()
      writePoints(
        points.filter(point => options.flags.has('--strays') || point.standing !== 1).map(point => outputPoint(point, names)),
        format,
        out,
        true,
      )
      await out.flush()
      return 0
    } finally {
      database.close()
    }
  },
}

/** The rest of the past is still told; what this file held is in the ledger. */
export const sayDamaged = (file: string, why: string): void =>
  void process.stderr.write(`mangru: the track file ${file} is damaged and passed over (${why}); mangru raw has what it held\n`)

export function archivedNames(data: string): Map<number, string> {
  const file = join(data, 'tracks', 'names.json')
  if (!existsSync(file)) return new Map()
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return new Map(
    typeof parsed === 'object' && parsed !== null ? Object.entries(parsed).map(([mmsi, name]) => [Number(mmsi), String(name)]) : [],
  )
}

export const outputPoint = (point: TrackPoint, names: ReadonlyMap<number, string>): OutputPoint => {
  const name = names.get(point.mmsi)
  return { mmsi: point.mmsi, ...(name ? { name } : {}), ...pointView(point) }
}

/** By time of sending, doubles left out. */
export function orderly(points: TrackPoint[]): TrackPoint[] {
  points.sort((a, b) => a.mmsi - b.mmsi || a.sentAtMs - b.sentAtMs)
  return points.filter((point, n) => {
    const before = points[n - 1]
    return (
      !before ||
      before.mmsi !== point.mmsi ||
      before.sentAtMs !== point.sentAtMs ||
      before.lat600k !== point.lat600k ||
      before.lon600k !== point.lon600k
    )
  })
}
