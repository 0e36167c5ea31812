// The whole product in one process: opens what is kept, brings the picture back from snapshot and ledger, then listens. Every wire between rooms is here.
import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACCESS_MIGRATIONS, accessRoutes, auditHead, auditStatement, type Operator, operatorFor } from '#access/index.ts'
import { ALERTS_MIGRATIONS, type Alarm, alarmView, alertRoutes, createAlerts, isOpen } from '#alerts/index.ts'
import { ok, type Result, refused } from '#base/index.ts'
import { EVIDENCE_MIGRATIONS, holdRoutes, loadHolds, openLedger, readLedger, takeLock } from '#evidence/index.ts'
import { CHART_DIRECTORY } from '#places/build.ts'
import {
  type Area,
  areaRoutes,
  createAreaIndex,
  loadAreas,
  loadCoast,
  PLACES_MIGRATIONS,
  readAreas,
  removeArea,
  saveArea,
} from '#places/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import { diskRoom } from '#platform/files/index.ts'
import { createHttp, type Http } from '#platform/http/index.ts'
import { createLive } from '#platform/live/index.ts'
import type { Log } from '#platform/log/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { createJoining, type FindingEvent } from '#rules/index.ts'
import {
  type Control,
  createFeedDesk,
  createLiveViews,
  createPass,
  loadPermits,
  openTracks,
  permitRoutes,
  statusView,
  VESSELS_MIGRATIONS,
  vesselRoutes,
} from '#vessels/index.ts'
import { CONTENT_SECURITY_POLICY, WEB_DIRECTORY } from '../web/build.ts'
import { createDiskAlarm } from './disk-alarm.ts'
import { createReserve } from './reserve.ts'
import { readSnapshot, saveSnapshot } from './snapshot.ts'
import { storageRoutes } from './storage.ts'

export interface RoomOptions {
  readonly data: string
  readonly host: string
  readonly port: number
  readonly version: string
  readonly operator: Operator
  readonly capacity: number
  readonly snapshotMs: number
  readonly retention: { readonly ledgerDays: number; readonly tracksDays: number; readonly minFreeBytes: number }
  readonly detectors: readonly string[]
  readonly detectorSettings: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Feeds given by hand; those of the store are opened too. */
  readonly feeds: readonly string[]
  readonly log: Log
}

export interface Room {
  readonly url: string
  /** True when no feed is configured at all. */
  readonly hasNoFeeds: boolean
  /** Opens a feed that is not kept (the demo's). */
  addFeed(url: string): Result<unknown, string>
  /** Areas and watched ships of the demo, marked as such. */
  beginDemo(areas: readonly Area[], watched: readonly number[]): Promise<void>
  /** Begins to answer; the address. */
  listen(): Promise<Result<string, string>>
  stop(): Promise<void>
}

const LIVE_TICK_MS = 250
const STATUS_MS = 2000
const RESERVE_LOOK_MS = 60_000
const DEMO_FEED = 'demo'
/** `ready` is said when whoever calls a feed's port is answered. */
const FEEDS_SETTLE_MS = 1000
const ALARM_HOLD_MS = 6 * 3_600_000
/** Without a snapshot at most this much of the ledger is replayed. */
const MAX_REPLAY_MS = 6 * 3_600_000

/** Refuses with a sentence when the folder is in use, cannot be written, or holds a newer version's store. */
export async function openRoom(options: RoomOptions): Promise<Result<Room, string>> {
  const { log, operator } = options
  const lock = takeLock(options.data)
  if (!lock.ok) return lock
  try {
    return ok(await assemble(options, lock.value))
  } catch (error) {
    lock.value()
    const reason = error instanceof Error ? error.message : String(error)
    log.error(`${operator.id}: ${reason}`)
    return refused(`the data folder ${options.data} cannot be opened: ${reason}`)
  }
}

async function assemble(options: RoomOptions, unlock: () => void): Promise<Room> {
  const { log, operator } = options
  const clock = machineClock
  mkdirSync(options.data, { recursive: true })
  const joining = createJoining()
  /** Set once alerts exist; before that nothing is found. */
  let onFinding: (event: FindingEvent) => void = () => {}
  const disk = createDiskAlarm(clock, event => onFinding(event))
  const reserve = createReserve(join(options.data, 'reserve'))
  reserve.keep((await diskRoom(options.data)).freeBytes)
  const store = await openStore({
    file: join(options.data, 'store', 'mangru.db'),
    migrations: [...ACCESS_MIGRATIONS, ...PLACES_MIGRATIONS, ...VESSELS_MIGRATIONS, ...ALERTS_MIGRATIONS, ...EVIDENCE_MIGRATIONS],
    onFault: sentence => {
      if (sentence) {
        reserve.free()
        log.error(`the store cannot write: ${sentence}`)
      } else log.info('the store writes again')
      disk.tell('store', sentence)
    },
  })
  const ledger = await openLedger({
    directory: join(options.data, 'ledger'),
    clock,
    onFault: fault => {
      if (fault) log.error(`the ledger cannot write (${fault.code}): ${fault.message}`)
      else log.info('the ledger writes again')
      disk.tell('ledger', fault?.code)
    },
  })
  const tracks = await openTracks({
    directory: join(options.data, 'tracks'),
    clock,
    names: () => namesOf(),
    onFault: sentence => {
      if (sentence) log.error(sentence)
      disk.tell('tracks', sentence)
    },
  })
  const coast = loadCoast()
  const pass = createPass({
    capacity: options.capacity,
    detectors: options.detectors,
    settings: options.detectorSettings,
    sink: event => onFinding(event),
    archive: (report, standing) => {
      if (report.mark < 0 || report.mark > archiveFrom) tracks.add(report, standing)
    },
    refused: (feed, reason, bytes, from, to) => feeds?.refusedLine(feed, reason, bytes.subarray(from, to)),
    onFault: (detector, error) =>
      log.error(`the detector ${detector} failed and goes on: ${error instanceof Error ? error.message : error}`),
    ...(coast ? { coast } : {}),
  })
  /** Positions of the ledger up to this mark are in the archive already. */
  let archiveFrom = tracks.durableMark
  const namesOf = (): readonly (readonly [number, string])[] => {
    const names: [number, string][] = []
    for (let slot = 0; slot < pass.picture.highWater; slot++)
      if (pass.picture.name[slot]) names.push([pass.picture.mmsi[slot] ?? 0, pass.picture.name[slot] ?? ''])
    return names
  }

  const labelOf = (kind: string, id: string): string | undefined => {
    if (kind === 'area') return loadAreas(store).find(area => area.id === id)?.name
    const slot = kind === 'ship' ? pass.picture.slotOf(Number(id)) : -1
    return slot >= 0 ? pass.picture.name[slot] || undefined : undefined
  }
  const viewOf = (alarm: Alarm) => alarmView(alarm, labelOf)
  const alerts = createAlerts({
    store,
    clock,
    onChange: alarm => {
      for (const mmsi of alarm.joined.ships) pass.setAlarmed(mmsi, alerts.isAlarmed(mmsi))
      if (!isOpen(alarm)) joining.close(alarm.id)
      live?.announce({ kind: 'alarm', alarm: viewOf(alarm) })
    },
  })
  onFinding = event => {
    const { change, alarm } = joining.take(event)
    if (change === 'logged') alerts.log(event.finding)
    else if (alarm) alerts.take(alarm)
  }
  const replayed = restore({ data: options.data, store, pass, joining, clock })
  log.info(`picture of ${pass.picture.count} ships is back; ${replayed} ledger entries replayed`)
  archiveFrom = -1

  for (const alarm of alerts.open()) for (const mmsi of alarm.joined.ships) pass.setAlarmed(mmsi, true)

  const decide = (entry: Control): void => {
    ledger.control(entry, clock.now())
    pass.control(entry)
  }
  const setAreas = (areas: readonly Area[]): void => {
    ledger.control({ control: 'areas', areas } satisfies Control, clock.now())
    pass.setAreas(createAreaIndex(areas))
    live?.announce({ kind: 'areas' })
  }

  const http = await createHttp({
    host: options.host,
    port: options.port,
    version: options.version,
    decide: right => operatorFor(operator, right),
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    files: [
      { prefix: '/chart/', directory: CHART_DIRECTORY },
      { prefix: '/', directory: WEB_DIRECTORY, isHashed: true },
    ],
    onError: (error, url) => log.error(`${url}: ${error instanceof Error ? error.stack : error}`),
  })
  const views = createLiveViews(pass.picture)
  const live = createLive({
    server: http.server,
    path: '/live',
    clock,
    isAllowed: request => http.isOurs(request) && operatorFor(operator, 'look') !== undefined,
    onOpen: () => {},
    onClose: client => views.leave(client),
    onMessage: (client, message) => {
      if (!views.take(client, message))
        client.send(JSON.stringify({ kind: 'refused', detail: 'kinds are view {west south east north} and resume {after}' }))
    },
  })
  const feeds = createFeedDesk({
    pass,
    clock,
    monotonicMs: () => performance.now(),
    keep: (name, bytes, receivedAtMs) => ledger.append(ledger.feed(name), bytes, receivedAtMs),
    onStopped: feed => decide({ control: 'feed-stopped', feed }),
    isDemo: name => name === DEMO_FEED,
  })

  const impaired = (): readonly string[] => disk.impaired()
  const isDemo = (): boolean => feeds.list().some(feed => feed.demo)
  const status = { pass, feeds, version: options.version, isDemo, impaired }
  vesselRoutes({
    http,
    ...status,
    tracks,
    store,
    clock,
    findingsOf: mmsi => alerts.findingsOf(mmsi, 20),
    alarmsBetween: alerts.alarmsBetween,
    decide,
  })
  permitRoutes({ http, store, clock, decide })
  alertRoutes(http, alerts, viewOf)
  areaRoutes({
    http,
    store,
    clock,
    audit: (caller, deed, thing, note) => auditStatement({ atMs: clock.now(), who: caller.id, deed, thing, note }),
    onChange: setAreas,
  })
  accessRoutes(http, store)
  const audit = (caller: { readonly id: string }, deed: string, thing: string, note: string) =>
    auditStatement({ atMs: clock.now(), who: caller.id, deed, thing, note })
  holdRoutes({ http, store, clock, audit })
  const storage = storageRoutes({
    http,
    data: options.data,
    clock,
    retention: options.retention,
    log,
    ledger,
    holds: () => [...loadHolds(store), ...alerts.open().map(alarmHold)],
  })
  doorRoutes(http, {
    faults: impaired,
    metrics: () =>
      metricsText({
        pass,
        ledger: ledger.figures(),
        tracks: tracks.figures(),
        store: store.figures(),
        clients: live.clients,
        cut: live.cut,
        open: alerts.open().length,
      }),
  })

  const kept = store.read<{ url: string; name: string; paused: number }>('SELECT name, url, paused FROM feeds ORDER BY name')
  const snapshot = async (): Promise<void> => {
    const state = { nextMark: ledger.figures().entries, savedAtMs: clock.now(), pass: pass.save(), joining: joining.save() }
    // Not ahead of the ledger: what is in the snapshot is on the disk first.
    await ledger.sync()
    await saveSnapshot(options.data, state)
  }

  const stops: (() => void)[] = []
  let lastAudit = 0
  /** The newest hash of the audit trail goes into the ledger: rows cut off its end, or all written anew, do not stay unseen. */
  const witnessAudit = (): void => {
    const head = auditHead(store)
    if (!head || head.n === lastAudit) return
    lastAudit = head.n
    ledger.control({ control: 'audit', n: head.n, hash: head.hash }, clock.now())
  }
  const begin = (): void => {
    // What an earlier run closed and did not pack any more.
    void ledger.packClosed().catch(error => log.warn(`the ledger could not be packed: ${error instanceof Error ? error.message : error}`))
    stops.push(
      clock.every(
        RESERVE_LOOK_MS,
        () =>
          void diskRoom(options.data).then(
            room => reserve.keep(room.freeBytes),
            () => undefined,
          ),
      ),
      clock.every(LIVE_TICK_MS, () => {
        pass.advanceTo(clock.now())
        views.tick(clock.now())
      }),
      clock.every(STATUS_MS, () => {
        live.tell({ kind: 'status', status: statusView(status) })
        witnessAudit()
      }),
      clock.every(
        options.snapshotMs,
        () =>
          void snapshot().catch(error => log.error(`the picture could not be saved: ${error instanceof Error ? error.message : error}`)),
      ),
    )
  }

  return {
    url: '',
    hasNoFeeds: kept.length === 0 && options.feeds.length === 0,
    addFeed: url => feeds.add(url),
    async beginDemo(areas, watched) {
      const there = loadAreas(store)
      if (there.length === 0) {
        await store.write(areas.map(saveArea))
        setAreas(areas)
      }
      for (const mmsi of watched) {
        await store.write([{ sql: 'INSERT OR IGNORE INTO watched_ships (mmsi, note) VALUES (?, ?)', values: [mmsi, 'demo'] }])
        decide({ control: 'watch', mmsi, watched: true })
      }
    },
    async listen() {
      if (options.feeds.length > 0 || kept.length > 0) await endDemo(store, setAreas)
      const bound = await http.listen()
      if (!bound.ok) return bound
      for (const { name, url, paused } of kept) {
        const added = feeds.add(url)
        if (!added.ok) log.error(`feed ${name}: ${added.reason}`)
        else if (paused) feeds.pause(added.value.name, true)
      }
      for (const url of options.feeds) {
        const added = feeds.add(url)
        if (!added.ok) return refused(added.reason)
      }
      await feeds.settled(FEEDS_SETTLE_MS)
      begin()
      return bound
    },
    async stop() {
      for (const stop of stops) stop()
      storage.close()
      await feeds.close()
      live.close()
      await http.close()
      alerts.close()
      await snapshot().catch(error => log.error(`the picture could not be saved: ${error instanceof Error ? error.message : error}`))
      await tracks.close()
      witnessAudit()
      await store.close()
      const lost = await ledger.close()
      if (lost > 0) log.error(`${lost} received entries are lost: the disk did not take them before the stop`)
      unlock()
    },
  }
}

/** What an open alarm was judged from, and what came around it, is held until the alarm is closed. */
const alarmHold = ({ joined, id }: Alarm) => ({
  fromMs: joined.fromMs - ALARM_HOLD_MS,
  toMs: joined.lastAtMs + ALARM_HOLD_MS,
  reason: `alarm ${id}`,
})

/** Snapshot, what officers decided, then the ledger's tail through the same code. */
function restore({
  data,
  store,
  pass,
  joining,
  clock,
}: {
  data: string
  store: Store
  pass: ReturnType<typeof createPass>
  joining: ReturnType<typeof createJoining>
  clock: typeof machineClock
}): number {
  const snapshot = readSnapshot(data)
  let fromMark = 0
  if (snapshot) {
    pass.restore(snapshot.pass)
    joining.restore(snapshot.joining)
    fromMark = snapshot.nextMark
  }
  pass.setAreas(createAreaIndex(loadAreas(store)))
  pass.control({ control: 'permits', permits: loadPermits(store) })
  for (const { mmsi } of store.read<{ mmsi: number }>('SELECT mmsi FROM watched_ships'))
    pass.control({ control: 'watch', mmsi, watched: true })
  let entries = 0
  readLedger(join(data, 'ledger'), snapshot ? { fromMark } : { fromMs: clock.now() - MAX_REPLAY_MS }, (entry, feedName) => {
    entries++
    if (entry.feed !== 0) pass.bytes(pass.feed(feedName), entry.bytes, entry.receivedAtMs, entry.mark)
    else replayControl(pass, entry.bytes)
  })
  return entries
}

function replayControl(pass: ReturnType<typeof createPass>, bytes: Uint8Array): void {
  try {
    const entry = JSON.parse(Buffer.from(bytes).toString())
    if (entry.control === 'areas') pass.setAreas(createAreaIndex(readAreas(entry.areas).areas))
    else if (entry.control === 'watch' || entry.control === 'permits' || entry.control === 'feed-stopped') pass.control(entry)
  } catch {
    // Not a decision (a note of the ledger itself).
  }
}

/** Real feeds have come: what the demo drew goes, what officers drew stays. */
async function endDemo(store: Store, setAreas: (areas: readonly Area[]) => void): Promise<void> {
  const areas = loadAreas(store)
  const demo = areas.filter(area => area.demo)
  if (demo.length === 0) return
  await store.write([...demo.map(area => removeArea(area.id)), { sql: "DELETE FROM watched_ships WHERE note = 'demo'" }])
  setAreas(areas.filter(area => !area.demo))
}

function doorRoutes(http: Http, doors: { faults(): readonly string[]; metrics(): string }): void {
  http.route({
    method: 'GET',
    path: '/healthz',
    right: 'open',
    summary: 'Usable? 200, with what is impaired',
    tag: 'status',
    // A disk that refuses does not stop the watch: the picture and the alarms go on, so it is usable, and says what is wrong.
    handle: () => ({ ok: true, impaired: doors.faults() }),
  })
  http.route({
    method: 'GET',
    path: '/metrics',
    right: 'look',
    summary: 'Figures for Prometheus',
    tag: 'status',
    produces: 'text/plain; version=0.0.4',
    handle: () => doors.metrics(),
  })
}

function metricsText(from: {
  pass: ReturnType<typeof createPass>
  ledger: { readonly entries: number; readonly waitingBytes: number; readonly droppedEntries: number }
  tracks: { readonly added: number; readonly waiting: number; readonly dropped: number }
  store: { readonly commits: number; readonly waiting: number }
  clients: number
  cut: number
  open: number
}): string {
  const { counts } = from.pass
  const figures: readonly (readonly [string, string, number])[] = [
    ['mangru_ships', 'gauge', from.pass.picture.count],
    ['mangru_alarms_open', 'gauge', from.open],
    ...Object.entries(counts).map(([name, value]) => [`mangru_fusion_${name}_total`, 'counter', value] as const),
    ['mangru_ledger_entries_total', 'counter', from.ledger.entries],
    ['mangru_ledger_waiting_bytes', 'gauge', from.ledger.waitingBytes],
    ['mangru_ledger_dropped_total', 'counter', from.ledger.droppedEntries],
    ['mangru_tracks_added_total', 'counter', from.tracks.added],
    ['mangru_tracks_waiting', 'gauge', from.tracks.waiting],
    ['mangru_tracks_dropped_total', 'counter', from.tracks.dropped],
    ['mangru_store_commits_total', 'counter', from.store.commits],
    ['mangru_live_screens', 'gauge', from.clients],
    ['mangru_live_cut_total', 'counter', from.cut],
    ['mangru_memory_bytes', 'gauge', process.memoryUsage.rss()],
  ]
  return figures.map(([name, type, value]) => `# TYPE ${name} ${type}\n${name} ${value}\n`).join('')
}

/** The version of package.json. */
export async function productVersion(): Promise<string> {
  const parsed: unknown = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : ''
}
