// The seals' pass (pass-contract.ts): finds the journey of each report, has it judged, and tells what is new: lines, findings, standing. What the fold finds is a value that
// may change when a late report comes; here it is compared with what was told before, so that a situation is raised once, changed, ended, or taken back with a reason.
import { epochMs } from '#base/index.ts'
import { type Finding, findingKey, type Sentence, type Severity, type Subject } from '#rules/index.ts'
import type { SealDetector, Situation, Tick } from '../detectors/contract.ts'
import { SEAL_DETECTORS } from '../detectors/index.ts'
import type { GateEvent, HeardReport, JourneyDeed, SealPass, SealPassOptions } from '../pass-contract.ts'
import { type JourneyLine, type JourneyPlan, type Seal, VIOLATIONS, type Violation } from '../schema.ts'
import type { Line } from './advance.ts'
import { coStops, type StandingTruck } from './co-stop.ts'
import { type CorridorLine, createCorridorLine } from './corridor.ts'
import { compareFacts, type Fact, factOf, factOfDeed, factOfGate, factOfReport, keyOfFact } from './facts.ts'
import { concerns } from './gate.ts'
import { createJudge } from './judge.ts'
import type { Found, JudgedJourney } from './judged.ts'
import { standingOf } from './standing.ts'
import { freshSeal, isOnTheWay, isOver, journeyFrom } from './state.ts'
import { isBroken } from './words.ts'

const LIVE_MS = 10 * 60_000
const LOOK_EVERY_MS = 1000
/** What a device kept for long comes in a burst: it is judged once, behind it. */
const BURST_OVER_MS = 3000
const MAX_EARLY = 5000
const NO_LONGER: Sentence = { ko: '늦게 온 보고에 따라 판정이 바뀜', en: 'judged otherwise since reports came late' }

interface Told {
  finding: Finding
}
interface Kept {
  judged: JudgedJourney
  readonly corridor: CorridorLine
  /** By identity: what was told of the fold, and what the clock found. */
  readonly told: Map<string, Told>
  readonly clock: Map<string, Told>
  readonly numbers: Map<string, number>
  nextLine: number
  heard: Map<string, number>
  /** Of a clock that is wrong: what was heard already. Played again it comes with another time of receipt, so its place among the facts does not tell. */
  readonly seen: Set<string>
  everBroken: boolean
  /** They lie before all that is held: judged from the beginning, when no more of them come for a moment. */
  early: Fact[]
  earlyAtMs: number
  /** By the clock's last look when it was planned; before the first look: always. */
  readonly knownSinceMs: number
}
interface NewLines {
  readonly lines: readonly JourneyLine[]
  readonly withdrawn: readonly number[]
}
const NO_NEW_LINES: NewLines = { lines: [], withdrawn: [] }
const MAX_SEEN = 1000

function isSeen({ seen }: Kept, said: string): boolean {
  if (seen.has(said)) return true
  seen.add(said)
  if (seen.size > MAX_SEEN) for (const old of seen) if (seen.size > MAX_SEEN / 2) seen.delete(old)
  return false
}

export function createSealPass(options: SealPassOptions): SealPass {
  const { places, sink } = options
  const journeys = new Map<string, Kept>()
  const seals = new Map<string, Seal>()
  const journeyOfSeal = new Map<string, string>()
  const settings = options.settings ?? {}
  const judge = createJudge({ detectors: SEAL_DETECTORS, places, settings, ...(options.onFault ? { onFault: options.onFault } : {}) })
  let lookedMs = 0
  let listensSinceMs = Number.NEGATIVE_INFINITY

  const subjectsOf = (plan: JourneyPlan, about?: Subject): readonly Subject[] => [
    { kind: 'journey', id: plan.id },
    { kind: 'container', id: plan.container },
    ...(about ? [about] : []),
  ]
  const findingOf = (plan: JourneyPlan, found: Found, knownAtMs: number): Finding => {
    const subjects = subjectsOf(plan, found.about)
    return {
      id: `${findingKey(found.detector, subjects)}|${new Date(found.fromMs).toISOString()}`,
      detector: found.detector,
      subjects,
      from: epochMs(found.fromMs),
      raisedAt: epochMs(Math.max(knownAtMs, found.decidedByMs)),
      severity: found.severity,
      live: knownAtMs - found.decidedByMs <= LIVE_MS,
      numbers: found.numbers ?? {},
      evidence: found.evidence,
      why: found.why,
      ...(found.place ? { place: found.place } : {}),
      ...(found.toMs === undefined ? {} : { to: epochMs(found.toMs) }),
    }
  }

  /** Says what is new of the situations from this one on; after judging again, which are no more. */
  const tellFound = (kept: Kept, from: number, again: boolean, knownAtMs: number): boolean => {
    const { judged, told } = kept
    let isChanged = false
    for (let n = from; n < judged.found.length; n++) {
      const found = judged.found[n]!
      const finding = findingOf(judged.plan, found, knownAtMs)
      const before = told.get(finding.id)?.finding
      if (isBroken(found.detector)) kept.everBroken = true
      if (before === undefined || before.withdrawnAt !== undefined) {
        told.set(finding.id, { finding })
        sink({ change: 'raised', finding })
        isChanged = true
      } else if (before.to !== finding.to || before.severity !== finding.severity) {
        const next: Finding = { ...before, severity: finding.severity, ...(finding.to === undefined ? {} : { to: finding.to }) }
        const { to: _over, ...open } = next
        const now = finding.to === undefined ? open : next
        told.set(finding.id, { finding: now })
        sink({ change: finding.to === undefined ? 'updated' : 'ended', finding: now })
        isChanged = true
      }
    }
    if (!again) return isChanged
    const standing = new Set(judged.found.map(found => findingOf(judged.plan, found, knownAtMs).id))
    for (const [id, one] of told) {
      if (standing.has(id) || one.finding.withdrawnAt !== undefined) continue
      const finding: Finding = { ...one.finding, withdrawnAt: epochMs(knownAtMs), withdrawnBecause: NO_LONGER }
      one.finding = finding
      sink({ change: 'withdrawn', finding })
      isChanged = true
    }
    kept.everBroken = judged.found.some(found => isBroken(found.detector))
    return isChanged
  }

  const numbered = (kept: Kept, line: Line): JourneyLine => {
    const key = lineKey(line)
    let n = kept.numbers.get(key)
    if (n === undefined) {
      n = kept.nextLine++
      kept.numbers.set(key, n)
    }
    return { n, ...line }
  }
  const tellLines = (kept: Kept, from: number, again: boolean): NewLines => {
    if (!again && from === kept.judged.lines.length) return NO_NEW_LINES
    const lines = kept.judged.lines.slice(from).map(line => numbered(kept, line))
    if (!again) return { lines, withdrawn: [] }
    const standing = new Set(kept.judged.lines.map(line => kept.numbers.get(lineKey(line))))
    const withdrawn: number[] = []
    for (const [key, n] of kept.numbers)
      if (!standing.has(n)) {
        kept.numbers.delete(key)
        withdrawn.push(n)
      }
    return { lines, withdrawn }
  }

  const openOf = ({ told, clock }: Kept): readonly Violation[] => {
    const open = new Set<string>()
    for (const all of [told, clock])
      for (const { finding } of all.values()) if (finding.to === undefined && finding.withdrawnAt === undefined) open.add(finding.detector)
    return VIOLATIONS.filter(one => open.has(one))
  }
  const takeFact = (kept: Kept, fact: Fact, nowMs: number): void => {
    const changed = judge.take(kept.judged, fact, kept.corridor)
    if (changed === 'known') return
    if (changed === 'before-all') {
      if (!options.history) return
      kept.early.push(fact)
      kept.earlyAtMs = nowMs
      return
    }
    const { lines, withdrawn } = tellLines(kept, changed.lines, changed.again)
    tellFound(kept, changed.found, changed.again, nowMs)
    options.onChange({ journey: kept.judged.plan.id, lines, withdrawn })
    if (isOver(kept.judged.now)) endAll(kept, nowMs)
  }

  /** A journey that is over has no open situations: whatever was not ended ends with it. */
  const endAll = (kept: Kept, atMs: number): void => {
    for (const one of [...kept.told.values(), ...kept.clock.values()]) {
      if (one.finding.to !== undefined || one.finding.withdrawnAt !== undefined) continue
      one.finding = { ...one.finding, to: epochMs(Math.max(atMs, one.finding.from)) }
      sink({ change: 'ended', finding: one.finding })
    }
    for (const { seal } of kept.judged.now.seals) if (journeyOfSeal.get(seal) === kept.judged.plan.id) journeyOfSeal.delete(seal)
  }

  /** What the clock finds: raised, kept and ended by identity, outside the fold. */
  const clockTells = (kept: Kept, detector: Pick<SealDetector, 'name' | 'severity'>, nowMs: number, told: { changed: boolean }) => {
    const { plan, now } = kept.judged
    const prefix = (about?: Subject): string => findingKey(detector.name, subjectsOf(plan, about))
    const openOne = (about?: Subject): Told | undefined => {
      const one = kept.clock.size === 0 ? undefined : kept.clock.get(prefix(about))
      return one && one.finding.to === undefined && one.finding.withdrawnAt === undefined ? one : undefined
    }
    const say = (one: Told, change: 'raised' | 'updated' | 'ended' | 'withdrawn'): void => {
      told.changed = true
      sink({ change, finding: one.finding })
    }
    return {
      isOpen: (about?: Subject) => openOne(about) !== undefined,
      open(situation: Situation) {
        const severity: Severity = situation.severity ?? detector.severity
        const open = openOne(situation.about)
        if (open) {
          if (open.finding.severity === severity) return
          open.finding = { ...open.finding, severity, why: situation.why, numbers: situation.numbers ?? {} }
          say(open, 'updated')
          return
        }
        const place = now.lat === undefined || now.lon === undefined ? undefined : { lat: now.lat, lon: now.lon }
        const finding = findingOf(
          plan,
          { ...situation, detector: detector.name, severity, decidedByMs: nowMs, evidence: [], ...(place ? { place } : {}) },
          nowMs,
        )
        const one: Told = { finding }
        kept.clock.set(prefix(situation.about), one)
        say(one, 'raised')
      },
      end(atMs: number, about?: Subject) {
        const open = openOne(about)
        if (!open) return
        open.finding = { ...open.finding, to: epochMs(Math.max(atMs, open.finding.from)) }
        say(open, 'ended')
      },
      withdraw(atMs: number, because: Sentence, about?: Subject) {
        const open = openOne(about)
        if (!open) return
        open.finding = { ...open.finding, withdrawnAt: epochMs(atMs), withdrawnBecause: because }
        say(open, 'withdrawn')
      },
    }
  }

  const look = (kept: Kept, nowMs: number): void => {
    const { judged } = kept
    if (isOver(judged.now)) return
    const told = { changed: false }
    for (const detector of judge.detectors) {
      if (!detector.onTick) continue
      const tick: Tick = {
        plan: judged.plan,
        places,
        now: judged.now,
        isResting: judged.now.isSuspended,
        nowMs,
        listensSinceMs,
        knownSinceMs: Math.max(kept.knownSinceMs, listensSinceMs),
        heardAtMs: seal => kept.heard.get(seal),
        intervalMs: seal => (seals.get(seal)?.reportEveryS ?? 60) * 1000,
        ...clockTells(kept, detector, nowMs, told),
      }
      try {
        detector.onTick(tick, settings[detector.name] ?? {})
      } catch (error) {
        options.onFault?.(detector.name, error)
      }
    }
    if (told.changed) options.onChange({ journey: judged.plan.id, lines: [], withdrawn: [] })
  }

  const lookTogether = (nowMs: number): void => {
    const trucks: StandingTruck[] = []
    for (const { judged } of journeys.values()) {
      const { now, plan } = judged
      const { lat, lon, sinceMs } = now.standing
      if (!isOnTheWay(now) || now.isSuspended || sinceMs === undefined || lat === undefined || lon === undefined || now.atMs === undefined)
        continue
      if ([plan.origin, plan.destination, ...plan.stops].some(place => places.isIn(place, lat, lon))) continue
      trucks.push({ plan, lat, lon, sinceMs, atMs: now.atMs })
    }
    const together = new Set<string>()
    for (const { a, b, fromMs, apartM } of coStops(trucks)) {
      const kept = journeys.get(a.plan.id)!
      const about = { kind: 'journey', id: b.plan.id } as const
      together.add(`${a.plan.id}|${b.plan.id}`)
      const told = { changed: false }
      clockTells(kept, { name: 'co-stop', severity: 'high' }, nowMs, told).open({
        fromMs,
        about,
        numbers: { apartM: Math.round(apartM) },
        why: {
          ko: `${a.plan.container}와 ${b.plan.container}: 계획에 없는 곳에 함께 정차 (${Math.round(apartM)} m)`,
          en: `${a.plan.container} and ${b.plan.container} stand together where neither is to stop (${Math.round(apartM)} m)`,
        },
      })
      if (told.changed) options.onChange({ journey: a.plan.id, lines: [], withdrawn: [] })
    }
    for (const kept of journeys.values())
      for (const { finding } of [...kept.clock.values()]) {
        const other = finding.subjects.at(-1)
        if (finding.detector !== 'co-stop' || finding.to !== undefined || other === undefined) continue
        if (together.has(`${kept.judged.plan.id}|${other.id}`)) continue
        const told = { changed: false }
        clockTells(kept, { name: 'co-stop', severity: 'high' }, nowMs, told).end(kept.judged.now.atMs ?? nowMs, other)
        options.onChange({ journey: kept.judged.plan.id, lines: [], withdrawn: [] })
      }
  }

  const keep = (plan: JourneyPlan): Kept => ({
    judged: judge.fresh(plan),
    corridor: createCorridorLine(plan.corridor),
    told: new Map(),
    clock: new Map(),
    numbers: new Map(),
    nextLine: 1,
    heard: new Map(),
    seen: new Set(),
    everBroken: false,
    early: [],
    earlyAtMs: 0,
    knownSinceMs: lookedMs > 0 ? lookedMs : Number.NEGATIVE_INFINITY,
  })
  const judgeAgain = (kept: Kept, facts: readonly Fact[], nowMs: number): void => {
    kept.judged = judge.fresh(kept.judged.plan)
    for (const fact of facts) judge.take(kept.judged, fact, kept.corridor)
    const { lines, withdrawn } = tellLines(kept, 0, true)
    tellFound(kept, 0, true, nowMs)
    options.onChange({ journey: kept.judged.plan.id, lines, withdrawn })
    if (isOver(kept.judged.now)) endAll(kept, nowMs)
  }
  /** From its beginning, with everything that is kept of it; false where that cannot be had now. */
  const judgeFromBeginning = (kept: Kept, nowMs: number): boolean => {
    const history = options.history?.(kept.judged.plan.id)
    if (!history) return false
    const all = [...history.map(factOf), ...kept.judged.facts, ...kept.early]
    kept.early = []
    judgeAgain(kept, all.sort(compareFacts), nowMs)
    return true
  }

  return {
    setSeals(list) {
      for (const seal of list) seals.set(seal.id, seal)
    },
    plan(plan) {
      const before = journeys.get(plan.id)
      const kept = keep(plan)
      for (const { seal } of plan.seals) journeyOfSeal.set(seal, plan.id)
      if (!before) {
        journeys.set(plan.id, kept)
        options.onChange({ journey: plan.id, lines: [], withdrawn: [] })
        return
      }
      for (const { seal } of before.judged.plan.seals)
        if (!plan.seals.some(one => one.seal === seal) && journeyOfSeal.get(seal) === plan.id) journeyOfSeal.delete(seal)
      const again: Kept = { ...before, judged: { ...before.judged, plan }, corridor: kept.corridor }
      for (const { seal } of plan.seals)
        if (!again.judged.now.seals.some(one => one.seal === seal)) again.judged.now.seals.push(freshSeal(seal))
      journeys.set(plan.id, again)
      const nowMs = Math.max(lookedMs, ...before.heard.values(), 0)
      if (again.judged.folded === undefined) judgeAgain(again, again.judged.facts, nowMs)
      // What is folded and cannot be read back is not judged anew: the new plan counts from now on.
      else if (!judgeFromBeginning(again, nowMs)) options.onChange({ journey: plan.id, lines: [], withdrawn: [] })
    },
    forget(id) {
      const kept = journeys.get(id)
      if (!kept) return
      for (const [seal, journey] of journeyOfSeal) if (journey === id) journeyOfSeal.delete(seal)
      journeys.delete(id)
    },
    placesChanged() {
      // From now on: what was judged by the old places stands.
    },
    begin(nowMs) {
      listensSinceMs = nowMs
    },
    report(report: HeardReport) {
      const id = journeyOfSeal.get(report.seal)
      const kept = id === undefined ? undefined : journeys.get(id)
      if (!kept) return
      kept.heard.set(report.seal, Math.max(kept.heard.get(report.seal) ?? 0, report.receivedAtMs))
      const fact = factOfReport(report)
      if (fact.kind === 'report' && fact.driftMs !== undefined && isSeen(kept, keyOfFact(fact))) return
      takeFact(kept, fact, report.receivedAtMs)
    },
    deed(deed: JourneyDeed) {
      const kept = journeys.get(deed.journey)
      if (!kept) return
      if (deed.deed === 'change-seal' && deed.seal !== undefined) journeyOfSeal.set(deed.seal, deed.journey)
      takeFact(kept, factOfDeed(deed), deed.atMs)
    },
    gate(gate: GateEvent) {
      const fact = factOfGate(gate)
      for (const kept of journeys.values()) {
        const { plan, now } = kept.judged
        if (isOver(now)) continue
        if (concerns(gate, plan, now)) takeFact(kept, fact, gate.receivedAtMs)
      }
    },
    tick(nowMs) {
      if (nowMs - lookedMs < LOOK_EVERY_MS) return
      lookedMs = nowMs
      for (const kept of journeys.values()) {
        if (kept.early.length > 0 && (nowMs - kept.earlyAtMs >= BURST_OVER_MS || kept.early.length >= MAX_EARLY))
          judgeFromBeginning(kept, nowMs)
        look(kept, nowMs)
      }
      lookTogether(nowMs)
    },
    standing(id) {
      const kept = journeys.get(id)
      return kept && standingOf(kept, openOf(kept))
    },
    now: id => journeys.get(id)?.judged.now,
    journeyOf: seal => journeyOfSeal.get(seal),
    save(id) {
      const kept = journeys.get(id)
      if (!kept) return undefined
      const { plan: _plan, ...judged } = kept.judged
      return {
        judged,
        told: [...kept.told],
        clock: [...kept.clock],
        numbers: [...kept.numbers],
        nextLine: kept.nextLine,
        heard: [...kept.heard],
        seen: [...kept.seen],
        everBroken: kept.everBroken,
        early: kept.early,
      }
    },
    restore(plan, saved) {
      const from = saved as SavedJourney
      const kept = keep(plan)
      Object.assign(kept.judged, from.judged, {
        now: journeyFrom(plan, from.judged.now),
        checkpoints: from.judged.checkpoints.map(one => ({ ...one, now: journeyFrom(plan, one.now) })),
      })
      for (const [id, one] of from.told) kept.told.set(id, one)
      for (const [id, one] of from.clock) kept.clock.set(id, one)
      for (const [key, n] of from.numbers) kept.numbers.set(key, n)
      for (const [seal, ms] of from.heard) kept.heard.set(seal, ms)
      for (const one of from.seen) kept.seen.add(one)
      kept.nextLine = from.nextLine
      kept.everBroken = from.everBroken
      kept.early = [...(from.early ?? [])]
      journeys.set(plan.id, kept)
      if (!isOver(kept.judged.now)) for (const { seal } of kept.judged.now.seals) journeyOfSeal.set(seal, plan.id)
    },
  }
}

interface SavedJourney {
  readonly judged: Omit<JudgedJourney, 'plan'>
  readonly told: readonly [string, Told][]
  readonly clock: readonly [string, Told][]
  readonly numbers: readonly [string, number][]
  readonly nextLine: number
  readonly heard: readonly [string, number][]
  readonly seen: readonly string[]
  readonly everBroken: boolean
  readonly early?: readonly Fact[]
}

/** Two seals may open in the same second: their reports are others. */
const lineKey = (line: Line): string =>
  `${line.kind}|${line.what}|${line.atMs}|${line.who ?? ''}|${line.note ?? ''}|${line.evidence?.[0] ?? ''}`
