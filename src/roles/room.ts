// The whole product in one process: opens what is kept, brings the picture back from snapshot and ledger, then listens. Every wire between rooms is here.
// Long because it is one list, read from top to bottom in the order in which things open; what a part does stands in its own file.
import { join } from 'node:path'
import { createDuty, DUTY_CHANGED, type Duty, dutyRoutes, forgetReasons } from '#access/duty/index.ts'
import { accessRoutes, auditHead, auditStatement, authorOf, createAccess, type Door, secondView, seedOrganisations } from '#access/index.ts'
import { dropCredentials, forgetPerson, type SignIn, signInRoutes } from '#access/sign-in/index.ts'
import { ALARM_CHANGED, alertRoutes, createAlerts, isOpen } from '#alerts/index.ts'
import { forgetAddresses, startTelling } from '#alerts/telling/index.ts'
import { type Caller, type Clock, ok, type Result, refused } from '#base/index.ts'
import { exportRoutes, holdRoutes, loadHolds, readLedger, takeLock } from '#evidence/index.ts'
import { createAttachments, createAudience, createIncidents, INCIDENT_CHANGED, startIncidents } from '#incidents/index.ts'
import { type Area, areaRoutes, jurisdictionRoutes, loadCoast, seedJurisdictions } from '#places/index.ts'
import { createBus } from '#platform/bus/index.ts'
import { machineClock } from '#platform/clock/index.ts'
import type { Live } from '#platform/live/index.ts'
import { createJoining, type FindingEvent } from '#rules/index.ts'
import { createSealPlaces, type RunningSeals, sealFeedOf, startSeals } from '#seals/index.ts'
import { demoSealDay, journeysOf } from '#sim/index.ts'
import {
  type Control,
  createFeedDesk,
  createPass,
  type LiveViews,
  NETWORK,
  openTracks,
  passwordsOf,
  permitRoutes,
  statusView,
  vesselRoutes,
} from '#vessels/index.ts'
import { alarmHold, alarmPart, trackCollection } from './alarm-export.ts'
import { createAuditWitness } from './audit-witness.ts'
import { backupRoutes, createBackups, cutRestoreIn, runBackup } from './backup/index.ts'
import { startBeat } from './beat.ts'
import { beginDemo, type DemoOptions, endDemo } from './demo.ts'
import { playSealsDemo } from './demo-seals.ts'
import { startDesk } from './desk.ts'
import { createDiskAlarm } from './disk-alarm.ts'
import { doorRoutes } from './doors.ts'
import { createEntrance } from './entrance.ts'
import { createGround } from './ground.ts'
import { auditAbout, journeyPart } from './journey-export/part.ts'
import { openKept } from './kept.ts'
import { createLinkFinder, knownPlaces, noteIncident, organisationsOf, tellOfAlarm } from './links.ts'
import { watchLoop } from './loop-watch.ts'
import { createNames, shipNames } from './names.ts'
import type { Room, RoomOptions } from './options.ts'
import { POLICIES } from './policies.ts'
import { restore } from './restore.ts'
import { startSaving } from './saving.ts'
import { createScreens } from './screens.ts'
import { openSnapshots } from './snapshot.ts'
import { storageRoutes } from './storage.ts'
import { createFacts } from './telling.ts'

const DEMO_FEED = 'demo'
/** Areas are one for the whole country: whoever may look at them sees all of them. */
const SHARED_AREAS = { deed: 'areas.look', organisations: 'all' } as const
/** `ready` is said when whoever calls a feed's port is answered. */
const FEEDS_SETTLE_MS = 1000

/** Refuses with a sentence when the folder is in use, cannot be written, or holds a newer version's store. */
export async function openRoom(options: RoomOptions): Promise<Result<Room, string>> {
  const { log } = options
  const lock = takeLock(options.data)
  if (!lock.ok) return lock
  const cut = cutRestoreIn(options.data)
  if (cut !== undefined) {
    lock.value()
    return refused(cut)
  }
  try {
    return ok(await assemble(options, lock.value))
  } catch (error) {
    lock.value()
    const reason = error instanceof Error ? error.message : String(error)
    log.error(reason)
    return refused(`the data folder ${options.data} cannot be opened: ${reason}`)
  }
}

async function assemble(options: RoomOptions, unlock: () => void): Promise<Room> {
  const { log } = options
  const clock = machineClock
  const joining = createJoining()
  /** Set once alerts exist; before that nothing is found. */
  let onFinding: (event: FindingEvent) => void = () => {}
  /** Set once there are feeds; what the replay refuses was counted when it came. */
  let refusedLine: (feed: number, reason: string, line: Uint8Array) => void = () => {}
  /** Set once there are screens; what changes before (the replay after a start) they ask for themselves. */
  let screens: Live | undefined
  /** Who knocks is known once there are doors. */
  let knocking: SignIn | undefined
  let rosters: Pick<Duty, 'reload'> | undefined
  let door: Door = { callerOf: () => undefined, refreshed: () => undefined }
  let ships: Pick<LiveViews, 'alarmChanged'> | undefined
  let seals: RunningSeals | undefined
  const disk = createDiskAlarm(clock, event => onFinding(event))
  const { store, ledger, reserve } = await openKept({ data: options.data, clock, log, disk })
  const tracks = await openTracks({
    directory: join(options.data, 'tracks'),
    clock,
    names: () => shipNames(pass),
    oldestWaitingMark: () => pass.oldestWaitingMark,
    onDamaged: (file, why) => log.error(`the track file ${file} is damaged and passed over (${why}); what it held is in the ledger`),
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
    refused: (feed, reason, bytes, from, to) => refusedLine(feed, reason, bytes.subarray(from, to)),
    onFault: (detector, error) =>
      log.error(`the detector ${detector} failed and goes on: ${error instanceof Error ? error.message : error}`),
    ...(coast ? { coast } : {}),
  })
  /** Positions of the ledger up to this mark are in the archive already. */
  let archiveFrom = tracks.durableMark
  await seedOrganisations(store)
  const access = createAccess({
    policies: POLICIES,
    door: {
      callerOf: request => door.callerOf(request),
      refreshed: caller => door.refreshed(caller),
      hindrance: (caller, policy, request) => door.hindrance?.(caller, policy, request),
    },
    store,
    clock,
    secondExpiresAfterMs: options.secondExpiresAfterMs,
    keepLeaversMs: options.keepLeaversMs,
    onLeave: dropCredentials,
    onErase: person => [...forgetPerson(person), ...forgetReasons(person), ...forgetAddresses(person)],
    onChange() {
      knocking?.peopleChanged()
      rosters?.reload()
      screens?.announce({ kind: 'organisations' }, { deed: 'organisations.look', organisations: 'all' })
    },
    onSecond: request =>
      screens?.announce(
        { kind: 'second', request: secondView(access, request) },
        {
          deed: 'second.look',
          organisations: 'all',
          only: caller => caller.id === request.who || caller.id === request.second || access.fourEyes.fits(request, caller),
        },
      ),
  })
  const nameOf = (id: string): string | undefined => access.people.personById(id)?.name
  await seedJurisdictions(store)
  const ground = createGround(store)
  const bus = createBus((topic, error) => log.error(`${topic} was not heard: ${error instanceof Error ? error.stack : error}`))
  const duty = createDuty({
    store,
    clock,
    nameOf,
    organisations: id => access.organisations().all.filter(one => one.closedAtMs === undefined && (one.id === id || one.parent === id)),
    onChange(organisation) {
      bus.tell(DUTY_CHANGED, { organisation })
      screens?.announce({ kind: 'duty', organisation }, { deed: 'duty.look', organisations: 'all' })
    },
  })
  rosters = duty
  const attachments = createAttachments({
    directory: join(options.data, 'attachments'),
    store,
    clock,
    maxBytes: options.incidents.maxBytes,
  })
  const incidentsBy = (by: Clock) =>
    createIncidents({
      store,
      clock: by,
      bus,
      organisationsAt: place => [...ground.whose(place), ...(place.office === undefined ? [] : [place.office])],
      isOrganisation: id => access.organisations().get(id) !== undefined,
      called: createAudience(access, by).called,
      areAttached: attachments.areAttached,
    })
  const incidents = incidentsBy(clock)
  const { labelOf, viewOf, withNames } = createNames({
    store,
    pass,
    incidents,
    nameOf,
    organisationName: id => access.organisations().get(id)?.ko,
    seals: () => seals,
  })
  const alerts = createAlerts({
    store,
    clock,
    organisationsOf: ({ place, subjects }) => [...ground.whose(place), ...subjects.flatMap(one => organisationsOf(incidents, seals, one))],
    onChange: alarm => {
      for (const mmsi of alarm.joined.ships) {
        pass.setAlarmed(mmsi, alerts.isAlarmed(mmsi))
        ships?.alarmChanged(mmsi)
      }
      if (!isOpen(alarm)) joining.close(alarm.id)
      tellOfAlarm(incidents, alarm)
      bus.tell(ALARM_CHANGED, alarm)
      screens?.announce({ kind: 'alarm', alarm: viewOf(alarm) }, { deed: 'alarms.look', organisations: alarm.organisations ?? [] })
    },
  })
  bus.on(INCIDENT_CHANGED, fact => noteIncident(alerts, fact))
  onFinding = event => {
    const { change, alarm } = joining.take(event)
    if (change === 'logged') alerts.log(event.finding)
    else if (alarm) alerts.take(alarm)
  }
  const replayed = restore({ data: options.data, store, pass, joining, clock })
  log.info(`picture of ${pass.picture.count} ships is back; ${replayed.entries} ledger entries replayed`)
  archiveFrom = -1

  for (const alarm of alerts.open()) for (const mmsi of alarm.joined.ships) pass.setAlarmed(mmsi, true)

  // The clock first, here and in a replay: what was decided is known at the moment it was decided, not at the next sentence.
  const decide = (entry: Control): void => {
    const atMs = clock.now()
    ledger.control(entry, atMs)
    pass.advanceTo(atMs)
    pass.control(entry)
  }
  const setAreas = (areas: readonly Area[]): void => {
    const atMs = clock.now()
    ledger.control({ control: 'areas', areas } satisfies Control, atMs)
    pass.advanceTo(atMs)
    ground.set(areas)
    pass.setAreas(ground.watched())
    screens?.announce({ kind: 'areas' }, SHARED_AREAS)
  }

  let isDemo = (): boolean => false
  const { tls, beyond, signIn, http } = await createEntrance({
    options,
    access,
    store,
    clock,
    bus,
    sink: event => onFinding(event),
    isDemo: () => isDemo(),
    onSignIn(one) {
      knocking = one
      door = options.door?.(access) ?? one.door
    },
  })
  // Before the screens: what they ask for first is there.
  seals = startSeals({
    store,
    clock,
    log,
    ledger,
    places: createSealPlaces(ground.watched),
    sink: event => onFinding(event),
    http,
    access,
    live: () => screens,
    organisationsAt: (lat, lon) => ground.whose({ lat, lon }),
    arePhotosOf: (ids, journey) => attachments.areAttached(ids, `journey:${journey}`),
    keyFile: join(options.data, 'keys', 'seals.key'),
  })
  const running = seals
  running.catchUp((fromMark, visit) =>
    readLedger(join(options.data, 'ledger'), { fromMark }, (entry, feed) => {
      if (sealFeedOf(feed)) visit(feed, entry.bytes, entry.receivedAtMs, entry.mark)
    }),
  )
  const { live, views } = createScreens({ http, access, alerts, pass, clock })
  screens = live
  const house = { store, clock, log, bus, http, live, access }
  ships = views
  const feeds = createFeedDesk({
    pass,
    takers: [running.devices, running.gates],
    clock,
    monotonicMs: () => performance.now(),
    nextTurn: task => void setImmediate(task),
    keep: (name, bytes, receivedAtMs) => ledger.append(ledger.feed(name), bytes, receivedAtMs),
    onOpened: feed =>
      decide({ control: 'feed-opened', feed: feed.name, network: feed.network === 'satellite' ? NETWORK.SATELLITE : NETWORK.COAST }),
    onStopped: feed => decide({ control: 'feed-stopped', feed: feed.name }),
    onFault: (feed, error) => log.error(`feed ${feed.name}: ${error instanceof Error ? error.stack : error}`),
    ...(options.feedPasswordsFile === undefined ? {} : { passwordOf: passwordsOf(options.feedPasswordsFile) }),
    isDemo: name => name === DEMO_FEED || name.startsWith(`${DEMO_FEED}-`),
  })
  refusedLine = feeds.refusedLine

  const impaired = (): readonly string[] => disk.impaired()
  isDemo = () => feeds.list().some(feed => feed.demo)
  const status = { pass, feeds, version: options.version, isDemo, impaired }
  signInRoutes({
    http,
    access,
    signIn,
    clock,
    version: options.version,
    idleMinutes: options.signIn.idleMs / 60_000,
    isDemo,
    isWell: () => impaired().length === 0 && statusView(status).feeds.every(feed => feed.state === 'ok'),
  })
  beyond.routes(http)
  vesselRoutes({
    http,
    ...status,
    tracks,
    store,
    clock,
    findingsOf(mmsi, caller) {
      const grant = access.grantOf(caller, 'alarms.look')
      return alerts.findingsOf(mmsi, 20).filter(({ place }) => grant?.covers(ground.whose(place)) === true)
    },
    placeAt: ground.placeAt,
    alarmsBetween: (fromMs, toMs, grant) =>
      alerts
        .between(fromMs, toMs)
        .filter(alarm => grant.covers(alarm.organisations ?? []))
        .map(alarm => ({ atMs: alarm.joined.raisedAtMs, level: alarm.level })),
    decide,
  })
  permitRoutes({ http, store, clock, decide })
  alertRoutes(http, alerts, viewOf, withNames)
  const audit = (caller: Caller, deed: string, thing: string, note: string) =>
    auditStatement({ atMs: clock.now(), ...authorOf(caller), deed, thing, note })
  areaRoutes({ http, store, clock, audit, onChange: setAreas })
  jurisdictionRoutes({ http, store, clock, audit, onChange: setAreas, nameOf: id => access.organisations().get(id)?.ko })
  accessRoutes(http, store, access, clock)
  dutyRoutes({ http, access, duty, clock })
  holdRoutes({ http, store, clock, audit, nameOf })
  exportRoutes({
    http,
    store,
    clock,
    data: options.data,
    version: options.version,
    audit,
    auditHead: () => auditHead(store),
    settled: () => ledger.sync(),
    tracks: (wanted, fromMs, toMs) => trackCollection(tracks, wanted, fromMs, toMs),
    alarm(id) {
      const alarm = alerts.get(id)
      return alarm && alarmPart(alarm, viewOf(alarm))
    },
    journey: id =>
      journeyPart(
        {
          seals: running,
          press: reports.press,
          attachments,
          alarmsBetween: alerts.between,
          viewOf,
          auditOf: auditAbout(store),
          nameOf,
          now: clock.now,
        },
        id,
      ),
  })
  const stopIncidents = startIncidents({
    ...house,
    incidents,
    attachments,
    sink: event => onFinding(event),
    journeyOrganisations: id => running.journey(id)?.plan.organisations,
    keepPeopleDays: options.incidents.keepPeopleDays,
    places: () => knownPlaces(access, ground.watched()),
    findLinks: createLinkFinder({
      access,
      pass,
      alerts,
      areas: ground.watched,
      wordsOf: alarm => {
        const { subjects, why } = viewOf(alarm)
        return { label: subjects.map(subject => subject.label).join(' ↔ '), note: why.ko }
      },
    }),
  })
  const { shifts, statistics, mail, reports } = startDesk({
    ...house,
    options,
    duty,
    alerts,
    incidents,
    pass,
    feeds,
    tracks,
    ledger,
    ground,
    labelOf,
    isDemo,
    // Whom a test lets in has no session that could prove anything.
    confirmed: caller => options.door !== undefined || beyond.plug.isConfirmed(caller),
  })
  const telling = startTelling({
    ...house,
    alerts,
    duty,
    sink: event => onFinding(event),
    keyFile: join(options.data, 'keys', 'telling.key'),
    ...(options.telling?.linkBase === undefined ? {} : { linkBase: options.telling.linkBase }),
    factsOf: createFacts({ seals: running, access, labelOf, isDemo: () => isDemo() }),
    openChannels: (onNews, callbackUrl) =>
      (options.telling?.channels ?? []).map(one => one.open({ clock, onNews: news => onNews(one.name, news) }, callbackUrl(one.name))),
  })
  const storage = storageRoutes({
    http,
    data: options.data,
    clock,
    retention: options.retention,
    log,
    ledger,
    holds: () => [...loadHolds(store), ...alerts.open().map(alarmHold)],
  })
  const backups = createBackups({
    settings: options.backup,
    store,
    clock,
    sink: event => onFinding(event),
    log,
    run: (settings, told) => runBackup({ data: options.data, version: options.version, settings }, clock, told),
  })
  backupRoutes(http, backups, nameOf)
  const loop = watchLoop(clock)
  doorRoutes({ http, root: tls?.root, faults: impaired, pass, ledger, tracks, store, live, alerts, loop, backups })

  const kept = store.read<{ url: string; name: string; paused: number }>('SELECT name, url, paused FROM feeds ORDER BY name')
  const snapshots = openSnapshots(options.data)
  const snapshot = (): Promise<void> =>
    snapshots.save(
      out => ({ nextMark: ledger.figures().entries, savedAtMs: clock.now(), pass: pass.save(out), joining: joining.save() }),
      () => ledger.sync(),
    )

  const snapshotFailed = (error: unknown): void =>
    log.error(`the picture could not be saved: ${error instanceof Error ? error.message : error}`)
  let endSaving = (): Promise<void> => snapshot().catch(snapshotFailed)
  const stops: (() => void)[] = []
  const witnessAudit = createAuditWitness(store, ledger, clock)
  const begin = (): void => {
    // What an earlier run closed and did not pack any more.
    void ledger.packClosed().catch(error => log.warn(`the ledger could not be packed: ${error instanceof Error ? error.message : error}`))
    stops.push(
      ...startBeat({
        data: options.data,
        clock,
        log,
        pass,
        views,
        live,
        http,
        reserve,
        tls,
        status: () => statusView(status),
        witnessAudit,
      }),
    )
    endSaving = startSaving({
      clock,
      everyMs: options.snapshotMs,
      receivedBytes: () => ledger.figures().bytes,
      replayedBytes: replayed.bytes,
      save: snapshot,
      onFault: snapshotFailed,
    })
  }

  let stopSealsDemo: (() => void) | undefined
  stops.push(() => stopSealsDemo?.())
  const demo: DemoOptions = { store, clock, log, access, duty, incidents, incidentsBy, shiftsBy: shifts.at, setAreas, decide, stops }

  return {
    url: '',
    access,
    routes: http.routes,
    firstSignIn: () => (signIn.needsFirst() ? signIn.links.first() : undefined),
    hasNoFeeds: kept.length === 0 && options.feeds.length === 0,
    addFeed: url => feeds.add(url),
    beginDemo: (areas, watched) => beginDemo(demo, areas, watched),
    async beginSealsDemo(seed, startMs) {
      stopSealsDemo?.()
      const organisationsAt = (lat: number, lon: number) => ground.whose({ lat, lon })
      const onFault = (error: unknown) => log.error(`the demo of seals: ${error instanceof Error ? error.message : error}`)
      stopSealsDemo = await playSealsDemo({
        seals: running,
        clock,
        journeys: journeysOf(demoSealDay(seed, startMs)),
        startMs,
        organisationsAt,
        onFault,
      })
    },
    async listen() {
      if (options.feeds.length > 0 || kept.length > 0) {
        await endDemo(demo)
        await running.dropDemo()
      }
      const bound = await http.listen()
      if (!bound.ok) return bound
      for (const { name, url, paused } of kept) {
        const added = feeds.add(url)
        if (!added.ok) log.error(`feed ${name}: ${added.reason.en}`)
        else if (paused) feeds.pause(added.value.name, true)
      }
      for (const url of options.feeds) {
        const added = feeds.add(url)
        if (!added.ok) return refused(added.reason.en)
      }
      await feeds.settled(FEEDS_SETTLE_MS)
      begin()
      return bound
    },
    async stop() {
      // Whatever one part refuses, the others close: above all the ledger, which ends with its closing record.
      const end = async (what: string, task: () => Promise<unknown> | unknown): Promise<void> => {
        try {
          await task()
        } catch (error) {
          log.error(`${what}: ${error instanceof Error ? error.message : error}`)
        }
      }
      for (const stop of stops) stop()
      access.close()
      await end('the sessions did not close in order', () => signIn.close())
      storage.close()
      backups.close()
      loop.stop()
      stopIncidents()
      await end('telling did not close in order', () => telling.close())
      reports.close()
      mail.close()
      shifts.stop()
      await end('the feeds did not close in order', () => feeds.close())
      await end('the seals did not close in order', () => running.close())
      await end('the live line did not close in order', () => live.close())
      await end('the doors did not close in order', () => http.close())
      alerts.close()
      await end('the statistics did not close in order', () => statistics.stop())
      await end('the picture could not be saved', () => endSaving())
      await end('the tracks did not close in order', () => tracks.close())
      await end('the audit trail was not witnessed', witnessAudit)
      await end('the look at attachments did not close in order', () => attachments.close())
      await end('the store did not close in order', () => store.close())
      const lost = await ledger.close()
      if (lost > 0) log.error(`${lost} received entries are lost: the disk did not take them before the stop`)
      unlock()
    },
  }
}
