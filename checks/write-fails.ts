// Reliability check 2: the disk runs out at the n-th page, for every n: the kernel refuses (ENOSPC, short writes) at every point of opening, writing, packing and
// committing. What was acknowledged is there, what was received is there once and in order, chain and store are sound, and all goes on when there is room again.
// Ledger, store and archive are the product's own, in this process; the disk is a tmpfs of that many pages. Needs the right to mount one (root on Linux).
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ACCESS_MIGRATIONS, auditStatement, verifyAudit } from '#access/index.ts'
import { type Clock, epochMs } from '#base/index.ts'
import { type Ledger, openLedger, readLedger, verifyLedger } from '#evidence/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { NETWORK, openTracks, type PositionReport, STATION_CLASS, type TrackArchive } from '#vessels/index.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Check } from './check.ts'

const PAGE_BYTES = 4096
const START = Date.UTC(2026, 10, 24)
const PIECES = 12
const AFTER = 3

interface Parts {
  readonly store: Store
  readonly ledger: Ledger
  readonly tracks: TrackArchive
}

const size = (folder: string, verb: 'mount' | 'remount', bytes: number): boolean =>
  spawnSync('mount', verb === 'mount' ? ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder] : ['-o', `remount,size=${bytes}`, folder])
    .status === 0

export const check: Check = {
  name: 'write-fails',
  promise: 'whichever write the disk refuses, nothing acknowledged is lost, nothing is corrupted, and work goes on when there is room',
  async run({ times = 120, say }) {
    const faults: string[] = []
    let [refusedDeeds, keptDeeds, refusedOpenings] = [0, 0, 0]
    for (let pages = 1; pages <= times; pages++) {
      const folder = temporaryFolder()
      if (!size(folder.path, 'mount', pages * PAGE_BYTES)) {
        folder.remove()
        return { pass: false, figure: 'cannot mount a tmpfs here; run it as root on Linux' }
      }
      try {
        const outcome = await oneDisk(folder.path)
        refusedDeeds += outcome.refused
        keptDeeds += outcome.kept
        refusedOpenings += outcome.isOpeningRefused ? 1 : 0
        faults.push(...outcome.faults.map(fault => `${pages} pages: ${fault}`))
      } catch (error) {
        faults.push(`${pages} pages: ${error instanceof Error ? error.stack : error}`)
      } finally {
        spawnSync('umount', ['-l', folder.path])
        folder.remove()
      }
      if (pages % 20 === 0) say(`${pages} of ${times} sizes, ${faults.length} faults`)
    }
    return {
      pass: faults.length === 0 && refusedDeeds > 0 && keptDeeds > 0,
      figure: `${times} disks of 1 to ${times} pages: ${refusedOpenings} refused to open, ${refusedDeeds} deeds refused, ${keptDeeds} kept; ${faults.slice(0, 3).join('; ') || 'no faults'}`,
    }
  },
}

async function oneDisk(folder: string) {
  const faults: string[] = []
  let now = START
  // Every look at it is three seconds later: each write is also a sync, and a retry is always due.
  const clock: Clock = {
    now() {
      now += 3000
      return epochMs(now)
    },
    every: () => () => {},
    after: () => () => {},
  }
  const acknowledged: string[] = []
  const received: string[] = []
  let refused = 0
  const work = async ({ store, ledger, tracks }: Parts, from: number, to: number): Promise<void> => {
    const feed = ledger.feed('부산')
    for (let n = from; n < to; n++) {
      const words = `piece ${n} `.padEnd(1500, 'x')
      received.push(words)
      tracks.add(reportOf(n, ledger.append(feed, Buffer.from(words), now)), 0)
      await ledger.sync().catch(() => {})
      await tracks.flush()
      await ledger.packClosed().catch(() => {})
      const thing = `deed-${n}`
      await store.write([auditStatement({ atMs: now, who: 'duty', deed: 'alarm.note', thing, note: 'x'.repeat(300) })]).then(
        () => acknowledged.push(thing),
        () => refused++,
      )
    }
  }
  let isOpeningRefused = false
  let parts = await openAll(folder, clock).catch(() => undefined)
  if (parts) await work(parts, 0, PIECES)
  else isOpeningRefused = true
  size(folder, 'remount', 64 << 20)
  parts ??= await openAll(folder, clock)
  await work(parts, PIECES, PIECES + AFTER)
  const points = await parts.tracks.track(440_000_001, START - 86_400_000, START + 86_400_000)
  await closeAll(parts)
  if (points.length !== received.length) faults.push(`${received.length} positions, ${points.length} in the archive`)
  faults.push(...faultsOf(folder, acknowledged, received))
  return { faults, refused, kept: acknowledged.length, isOpeningRefused }
}

async function openAll(folder: string, clock: Clock): Promise<Parts> {
  const store = await openStore({ file: join(folder, 'store', 'mangru.db'), migrations: ACCESS_MIGRATIONS })
  try {
    const ledger = await openLedger({ directory: join(folder, 'ledger'), clock, segmentBytes: 4000 })
    try {
      return { store, ledger, tracks: await openTracks({ directory: join(folder, 'tracks'), clock }) }
    } catch (error) {
      await ledger.close()
      throw error
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function closeAll({ store, ledger, tracks }: Parts): Promise<void> {
  await tracks.close()
  await store.close()
  await ledger.close()
}

function faultsOf(folder: string, acknowledged: readonly string[], received: readonly string[]): string[] {
  const faults: string[] = []
  const verdict = verifyLedger(join(folder, 'ledger'))
  if (!verdict.ok) faults.push(`ledger: ${verdict.file}: ${verdict.why}`)
  const kept: string[] = []
  readLedger(join(folder, 'ledger'), {}, (entry, feed) => void (feed === '부산' && kept.push(Buffer.from(entry.bytes).toString())))
  if (kept.join() !== received.join()) faults.push(`${received.length} pieces received, ${kept.length} in the ledger`)
  const database = new DatabaseSync(join(folder, 'store', 'mangru.db'), { readOnly: true })
  try {
    const read = <Row>(sql: string, values: readonly (string | number | bigint | null | Uint8Array)[] = []) =>
      database.prepare(sql).all(...values) as Row[]
    const there = new Set(read<{ thing: string }>('SELECT thing FROM audit').map(row => row.thing))
    const lost = acknowledged.filter(thing => !there.has(thing))
    if (lost.length > 0) faults.push(`acknowledged and lost: ${lost.join(' ')}`)
    const { bad } = verifyAudit({ read })
    if (bad) faults.push(`audit row ${bad.n}: ${bad.why}`)
    const [sound] = read<{ integrity_check: string }>('PRAGMA integrity_check')
    if (sound?.integrity_check !== 'ok') faults.push(`store: ${sound?.integrity_check}`)
  } finally {
    database.close()
  }
  return faults
}

const reportOf = (n: number, mark: number): PositionReport => ({
  mmsi: 440_000_001,
  stationClass: STATION_CLASS.A,
  network: NETWORK.COAST,
  feed: 0,
  station: 0,
  sentAtMs: START + n * 10_000,
  receivedAtMs: START + n * 10_000,
  mark,
  lat600k: 21_000_000 + n,
  lon600k: 77_000_000 + n,
  sogDeciknots: 100,
  cogDecidegrees: 0,
  headingDeg: 0,
  rotRaw: 0,
  navigationStatus: 0,
  accurate: true,
})
