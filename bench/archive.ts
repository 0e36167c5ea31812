// The archive: bytes a position, and the three questions. MANGRU_BENCH_POSITIONS=100000000 for the full size (about 1 GB, minutes of writing).
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { densityOf, nearHits, openTrackDatabase, pointsAround, trackOf } from '#vessels/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import { COLUMNS, type Columns } from '../src/vessels/tracks/columns.ts'
import { hourPath } from '../src/vessels/tracks/files.ts'
import { fileOrder, TrackFile } from '../src/vessels/tracks/parquet.ts'
import type { Bench, Figure } from './bench.ts'

const POSITIONS = Number(process.env.MANGRU_BENCH_POSITIONS ?? 10_000_000)
const SHIPS = 4000
/** Mean seconds between reports, as in a coastal feed that is not thinned. */
const EVERY_S = 97
const FIRST_HOUR = Math.floor(Date.UTC(2026, 9, 1) / 3_600_000)

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 4294967296
  }
}

/** An hour of ships on slowly turning courses, noise of GPS and of the log included. */
function hourOf(hour: number, perHour: number): Columns {
  const rows = Object.fromEntries(COLUMNS.map(name => [name, new Int32Array(perHour)])) as Columns
  const perShip = Math.floor(perHour / SHIPS)
  let at = 0
  for (let ship = 0; ship < SHIPS; ship++) {
    const next = random(ship * 7919 + hour)
    const home = random(ship)
    const isStill = ship % 3 === 0
    let lat = (33 + home() * 5) * 600_000
    let lon = (125 + home() * 6) * 600_000
    let cog = home() * 3600
    const sog = isStill ? 0 : 80 + home() * 90
    for (let n = 0; n < perShip; n++, at++) {
      const step = 3600 / perShip
      cog = (cog + (next() - 0.5) * 40 + 3600) % 3600
      const metres = sog * 0.05144 * step
      lat += (Math.cos((cog * Math.PI) / 1800) * metres * 600_000) / 111_200
      lon += (Math.sin((cog * Math.PI) / 1800) * metres * 600_000) / 90_000
      rows.mmsi[at] = 440_000_000 + ship
      rows.t[at] = hour * 3600 + Math.floor(n * step + next() * step)
      rows.lat[at] = Math.round(lat + (next() - 0.5) * 40)
      rows.lon[at] = Math.round(lon + (next() - 0.5) * 40)
      rows.sog[at] = Math.max(0, Math.round(sog + (next() - 0.5) * 3))
      rows.cog[at] = Math.round(isStill ? next() * 3599 : cog)
      rows.heading[at] = Math.round(cog / 10) % 360
      rows.status[at] = isStill ? 5 : 0
      rows.delay[at] = next() < 0.1 ? 2 : 1
      rows.class[at] = ship % 5 === 0 ? 1 : 0
    }
  }
  return rows
}

async function timed(times: number, ask: (n: number) => Promise<unknown>): Promise<{ wallMs: number; cpuMs: number }> {
  const wall: number[] = []
  const cpu: number[] = []
  for (let n = 0; n < times; n++) {
    const before = process.cpuUsage()
    const at = performance.now()
    await ask(n)
    wall.push(performance.now() - at)
    const used = process.cpuUsage(before)
    cpu.push((used.user + used.system) / 1000)
  }
  const middle = (list: number[]): number => list.sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN
  return { wallMs: middle(wall), cpuMs: middle(cpu) }
}

export const bench: Bench = {
  name: 'archive',
  question: 'how many bytes does a position take, and how long do the three questions take?',
  async run() {
    const folder = temporaryFolder()
    const directory = join(folder.path, 'tracks')
    mkdirSync(directory, { recursive: true })
    const perHour = Math.floor((3600 / EVERY_S) * SHIPS)
    const hours = Math.max(26, Math.ceil(POSITIONS / perHour))
    try {
      let rows = 0
      const before = process.cpuUsage()
      for (let hour = 0; hour < hours; hour++) {
        const columns = hourOf(FIRST_HOUR + hour, perHour)
        const file = new TrackFile(`${join(directory, hourPath(FIRST_HOUR + hour))}.parquet`, 'hour')
        file.write(columns, fileOrder(columns))
        file.finish()
        rows += file.rows
      }
      const writing = process.cpuUsage(before)
      const bytes = readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
      const database = await openTrackDatabase()
      const fromMs = FIRST_HOUR * 3_600_000
      const day = (n: number): number => fromMs + (n % Math.max(1, hours - 25)) * 3_600_000
      await trackOf(database, directory, 440_000_001, day(0), day(0) + 86_400_000)
      const ship = await timed(15, n => trackOf(database, directory, 440_000_000 + n * 97, day(n), day(n) + 86_400_000))
      const near = await timed(15, async n =>
        nearHits(await pointsAround(database, directory, 35.1, 129.06, 1000, day(n), day(n) + 7_200_000), 35.1, 129.06, 1000),
      )
      const density = await timed(3, () => densityOf(database, directory, fromMs, fromMs + hours * 3_600_000, 0.1))
      database.close()
      const size = `${(rows / 1e6).toFixed(1)} M positions, ${hours} h, ${SHIPS} ships`
      const figures: Figure[] = [
        { name: 'bytes a position', value: bytes / rows, unit: 'B', size, goal: '≤ 9' },
        {
          name: 'writing',
          value: rows / ((writing.user + writing.system) / 1e6) / 1e6,
          unit: 'million positions/CPU s',
          size: 'making them included',
        },
        {
          name: 'one ship, 24 h, warm',
          value: ship.cpuMs,
          unit: 'CPU ms',
          size: `${size}; wall ${ship.wallMs.toFixed(0)} ms`,
          goal: '≤ 70',
        },
        {
          name: 'within 1 km, 2 h, warm',
          value: near.cpuMs,
          unit: 'CPU ms',
          size: `${size}; wall ${near.wallMs.toFixed(0)} ms`,
          goal: '≤ 40',
        },
        {
          name: 'density of all',
          value: density.cpuMs / 1000,
          unit: 'CPU s',
          size: `${size}; wall ${(density.wallMs / 1000).toFixed(1)} s`,
          goal: '≤ 5 at 100 M',
        },
      ]
      return figures
    } finally {
      folder.remove()
    }
  },
}
