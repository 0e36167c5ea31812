// Starts the detectors of one run on their shared ground and fans calls out to those that want them. A detector that throws is counted and told; the others,
// and its own next call, go on.
import { CALM_KINDS } from '#places/index.ts'
import { createFindingDesk, type KeptFindingDesk } from '#rules/index.ts'
import { recordPieces, recordsOf } from '../saving.ts'
import type { DetectorRun, Ground, VesselDetector } from './contract.ts'
import { createCoverage } from './coverage.ts'
import { createCoverageMap } from './coverage-map.ts'
import { createHeardBy, sourceOf } from './heard-by.ts'
import { isNight } from './night.ts'
import { createPast } from './past.ts'
import { createStationLife } from './station-life.ts'
import { createWaitingPlaces } from './waiting-places.ts'
import type { Watch, WatchOptions } from './watch.ts'

interface Running {
  readonly detector: VesselDetector
  readonly run: DetectorRun
  readonly desks: readonly KeptFindingDesk[]
}

type Hook =
  | 'onReport'
  | 'onStray'
  | 'onLateReport'
  | 'onFeedHeard'
  | 'onFeedStopped'
  | 'onStatic'
  | 'onText'
  | 'onShortTick'
  | 'onTick'
  | 'onForget'

export function startWatch(all: readonly VesselDetector[], options: WatchOptions): Watch {
  const { picture } = options
  const heardBy = createHeardBy(picture)
  const stations = createStationLife(picture, heardBy)
  const map = createCoverageMap()
  const coverage = createCoverage({ picture, heardBy, map, stations, milesOffshore: options.milesOffshore })
  const isCalm = (lat: number, lon: number): boolean => options.areas().isIn(CALM_KINDS, lat, lon)
  const waiting = createWaitingPlaces(picture, isCalm)
  const past = createPast(picture)
  const ground: Ground = {
    picture,
    get areas() {
      return options.areas()
    },
    coverage,
    stations,
    heardBy,
    past,
    isWatched: options.isWatched,
    stationName: options.stationName,
    feedName: options.feedName,
    hasPermit: options.hasPermit,
    milesOffshore: options.milesOffshore,
    isStoppingUsual: (lat, lon) => isCalm(lat, lon) || waiting.isUsual(lat, lon),
    isNight,
  }
  const running: Running[] = all
    .filter(
      detector => options.detectors?.some(name => name === detector.name || detector.alsoRaises?.includes(name)) ?? !detector.offByDefault,
    )
    .map(detector => {
      const deskOf = (name: string): KeptFindingDesk =>
        createFindingDesk({ detector: name, sink: options.sink, mergeMs: (detector.mergeMin ?? 0) * 60_000 })
      const own = deskOf(detector.name)
      const others = Object.fromEntries((detector.alsoRaises ?? []).map(name => [name, deskOf(name)]))
      const defaults = Object.fromEntries(Object.entries(detector.settings).map(([field, { default: value }]) => [field, value]))
      return {
        detector,
        run: detector.start(ground, { ...defaults, ...options.settings?.[detector.name] }, own, others),
        desks: [own, ...Object.values(others)],
      }
    })
  const faults = new Map<string, number>()
  const wanting = <Name extends Hook>(hook: Name) => running.filter(({ run }) => run[hook] !== undefined)
  const fail = ({ detector }: Running, error: unknown): void => {
    faults.set(detector.name, (faults.get(detector.name) ?? 0) + 1)
    options.onFault?.(detector.name, error)
  }
  const hooks = {
    report: wanting('onReport'),
    stray: wanting('onStray'),
    late: wanting('onLateReport'),
    feed: wanting('onFeedHeard'),
    stopped: wanting('onFeedStopped'),
    facts: wanting('onStatic'),
    text: wanting('onText'),
    short: wanting('onShortTick'),
    tick: wanting('onTick'),
    forget: wanting('onForget'),
  }
  const tell = (to: readonly Running[], call: (run: DetectorRun) => void): void => {
    for (const one of to) {
      try {
        call(one.run)
      } catch (error) {
        fail(one, error)
      }
    }
  }

  return {
    faults,
    onReport(slot, now, previous) {
      coverage.onReport(slot, now, previous)
      past.onReport(slot, now)
      waiting.onReport(slot, now)
      for (const one of hooks.report) {
        try {
          one.run.onReport?.(slot, now, previous)
        } catch (error) {
          fail(one, error)
        }
      }
    },
    onStray: (slot, stray) => tell(hooks.stray, run => run.onStray?.(slot, stray)),
    onLateReport: (slot, late) => tell(hooks.late, run => run.onLateReport?.(slot, late)),
    onHeard: (station, feed, sentAtMs, receivedAtMs) => stations.onHeard(sourceOf(station, feed), sentAtMs, receivedAtMs),
    onCopy: (slot, station, feed, sentAtMs) => coverage.onCopy(slot, station, feed, sentAtMs),
    onFeedHeard: (feed, atMs, isSatellite, latenessMs) => tell(hooks.feed, run => run.onFeedHeard?.(feed, atMs, isSatellite, latenessMs)),
    onFeedStopped: feed => tell(hooks.stopped, run => run.onFeedStopped?.(feed)),
    onStatic(slot, atMs) {
      if (hooks.facts.length > 0) tell(hooks.facts, run => run.onStatic?.(slot, atMs))
    },
    onText: (mmsi, text, atMs, receivedAtMs, mark) => tell(hooks.text, run => run.onText?.(mmsi, text, atMs, receivedAtMs, mark)),
    onShortTick: nowMs => tell(hooks.short, run => run.onShortTick?.(nowMs)),
    onTick(nowMs) {
      stations.onTick(nowMs)
      tell(hooks.tick, run => run.onTick?.(nowMs))
    },
    onForget(slot) {
      tell(hooks.forget, run => run.onForget?.(slot))
      coverage.onForget(slot)
      heardBy.onForget(slot)
      waiting.onForget(slot)
      past.onForget(slot)
    },
    validate: () => running.flatMap(({ run, detector }) => (run.validate?.() ?? []).map(fault => `${detector.name}: ${fault}`)),
    save: out => ({
      coverage: coverage.save(out),
      past: past.save(out),
      stations: stations.save(),
      heardBy: heardBy.save(out),
      map: map.save(out),
      waiting: waiting.save(out),
      detectors: Object.fromEntries(
        running.map(({ detector, run, desks }) => [
          detector.name,
          { run: run.save(out), desks: desks.map(desk => out.later(recordPieces(desk.save()))) },
        ]),
      ),
    }),
    restore(state, from) {
      const saved = state as {
        coverage: unknown
        past: unknown
        stations: unknown
        heardBy: unknown
        map: unknown
        waiting: unknown
        detectors: Record<string, { run: unknown; desks: number[] }>
      }
      coverage.restore(saved.coverage, from)
      past.restore(saved.past, from)
      stations.restore(saved.stations)
      heardBy.restore(saved.heardBy, from)
      map.restore(saved.map, from)
      waiting.restore(saved.waiting, from)
      for (const { detector, run, desks } of running) {
        const own = saved.detectors[detector.name]
        if (!own) continue
        run.restore(own.run, from)
        for (const [n, desk] of desks.entries()) desk.restore(recordsOf(from, own.desks[n] ?? -1))
      }
    },
  }
}
