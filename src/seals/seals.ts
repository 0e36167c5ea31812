// The seals of the product: the stock, the journeys and what is heard of them. What a person does is answered only when it is on the disk; what devices say lies in the ledger
// first and is written behind, a few times a second. After a start everything is as it was: rows, then the tail of the ledger that no row holds yet.
import { auditStatement } from '#access/index.ts'
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Log } from '#platform/log/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { FindingSink, Sentence } from '#rules/index.ts'
import { createSealDevices, type FrameLedger, type Received, type SealDevices } from './devices/devices.ts'
import { heardOf } from './devices/heard.ts'
import { sealFeedOf } from './devices/ledger-name.ts'
import { createGateReaders, type GateReaders } from './devices/llrp.ts'
import { ownerOfTag, TAG } from './devices/tags.ts'
import { type Guard, guards } from './journeys/advance.ts'
import { judgedAtMs, onceEach } from './journeys/facts.ts'
import { concerns } from './journeys/gate.ts'
import { createSealPass } from './journeys/pass.ts'

import { type Authority, agreedAt } from './journeys/state.ts'
import type { GateEvent, HeardFact, HeardReport, JourneyDeed, SealPass, SealPlaces } from './pass-contract.ts'
import { checkPlan, type PlanFault } from './plan.ts'
import type { SealReport } from './protocols/index.ts'
import type { JourneyLine, JourneyPlan, JourneyStanding, Seal, SealLife, UnknownSeal } from './schema.ts'
import * as kept from './store.ts'

export interface SealsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly ledger: FrameLedger
  readonly places: SealPlaces
  readonly sink: FindingSink
  /** Of a journey, as it stands now; what changed of its custody is asked for by who looks at it. */
  onJourney(plan: JourneyPlan, standing: JourneyStanding): void
  onUnknown(unknown: UnknownSeal): void
  /** Every report of a known seal: commands wait for answers. */
  onHeard?(protocol: string, deviceId: string, report: SealReport): void
}

/** Who does it: for the audit trail. */
export interface By {
  readonly who: string
  readonly session?: string
  readonly second?: string
}

export interface SealHealth {
  readonly lastAtMs: number
  readonly reports: number
  readonly batteryPercent?: number
  readonly lat?: number
  readonly lon?: number
  /** How long after its own time its newest report came; negative where its clock is ahead. */
  readonly lagMs?: number
  readonly locked?: boolean
}

export interface Seals {
  readonly devices: SealDevices
  readonly gates: GateReaders
  readonly pass: SealPass
  seals(): readonly Seal[]
  seal(id: string): Seal | undefined
  health(seal: string): SealHealth | undefined
  unknown(): readonly UnknownSeal[]
  saveSeals(seals: readonly Seal[], by: By, deed: string, reason?: string): Promise<void>
  adopt(unknown: string, seal: Omit<Seal, 'id' | 'deviceId' | 'protocol'>, by: By): Promise<Seal | undefined>
  /** Those that are not over. */
  open(): readonly { readonly plan: JourneyPlan; readonly standing: JourneyStanding }[]
  journey(id: string): { readonly plan: JourneyPlan; readonly standing: JourneyStanding } | undefined
  over(fromMs: number, toMs: number, limit: number): readonly { readonly plan: JourneyPlan; readonly standing: JourneyStanding }[]
  lines(id: string): readonly JourneyLine[]
  /** Reports heard of it between two device times. */
  track(id: string, fromMs: number, toMs: number): readonly HeardReport[]
  /** All that was ever heard and done of it, in the order in which it came. */
  history(id: string): readonly HeardFact[]
  /** Keeps the plan; refused with its faults where one blocks. `isNew`: refuses an id that is taken. */
  plan(plan: JourneyPlan, by: By, isNew: boolean): Promise<Result<readonly PlanFault[], readonly PlanFault[]>>
  /** What `plan` would say of a new one, without keeping it. */
  try(plan: JourneyPlan): Result<readonly PlanFault[], readonly PlanFault[]>
  /** What still hinders arming. */
  guards(id: string): readonly Guard[]
  /** Officers who have said that it may be opened, and whose word holds now. */
  authority(id: string): readonly Authority[]
  deed(deed: JourneyDeed, by: By): Promise<'done' | 'done-before' | 'no-journey' | 'over'>
  /** False where the disk did not take it: whoever brought it has to bring it again. */
  gate(event: GateEvent): Promise<boolean>
  tick(): void
  /** All that is marked as demo goes: seals, journeys, their custody. */
  dropDemo(): Promise<void>
  /** Reads the ledger's tail once, at start; `each` calls back with every entry from this mark on. */
  catchUp(each: (fromMark: number, visit: (feed: string, bytes: Uint8Array, receivedAtMs: number, mark: number) => void) => void): void
  close(): Promise<void>
}

const FLUSH_MS = 250
const TELL_MS = 100
const TICK_MS = 1000
/** What is needed to judge on is kept whole after so many facts; the facts since are folded again at a start. */
const SAVE_EVERY_FACTS = 500
const DEED_LIFE: Readonly<Partial<Record<JourneyDeed['deed'], SealLife>>> = { fit: 'fitted', close: 'returned' }
const OVER: ReadonlySet<string> = new Set(['closed', 'cancelled'])
const STATE_LIFE: Readonly<Record<string, SealLife>> = { armed: 'armed', unsealed: 'opened' }
const TAKEN: Sentence = { ko: '같은 번호(id)의 운송이 이미 있습니다', en: 'a journey of this id is there already' }

export function createSeals(options: SealsOptions): Seals {
  const { store, clock, log } = options
  const stock = new Map<string, Seal>(kept.allSeals(store).map(seal => [seal.id, seal]))
  const health = new Map<string, SealHealth>()
  const unknown = new Map<string, UnknownSeal>(kept.allUnknown(store).map(one => [one.id, one]))
  const plans = new Map<string, JourneyPlan>()
  /** Rows that wait for the next flush. */
  let rows: Statement[] = []
  const dirty = new Set<string>()
  /** Over: their last rows are on their way. */
  const ending = new Set<string>()
  /** Changed, and not shown yet: a row goes to the screens a few times a second at most. */
  const untold = new Set<string>()
  const dirtyUnknown = new Set<string>()
  const facts = new Map<string, number>()
  let mark = kept.markKept(store)
  let isRestoring = true
  /** What was heard is not all in the store: it did not take the last. */
  let isBehind = false

  const setLife = (ids: readonly string[], life: SealLife): void => {
    for (const id of ids) {
      const seal = stock.get(id)
      if (!seal || seal.life === life || seal.life === 'lost' || seal.life === 'retired') continue
      const next = { ...seal, life }
      stock.set(id, next)
      rows.push(kept.saveSeal(next))
    }
  }

  const pass = createSealPass({
    places: options.places,
    sink: options.sink,
    onChange({ journey, lines, withdrawn }) {
      const plan = plans.get(journey)
      if (!plan) return
      dirty.add(journey)
      for (const line of lines) {
        rows.push(kept.saveLine(journey, line))
        const life = line.kind === 'state' ? STATE_LIFE[line.what] : undefined
        if (line.kind === 'state' && OVER.has(line.what)) ending.add(journey)
        if (life)
          setLife(
            plan.seals.map(one => one.seal),
            life,
          )
      }
      for (const n of withdrawn) rows.push(kept.dropLine(journey, n))
      if (!isRestoring) untold.add(journey)
    },
    history: id => (isBehind ? undefined : kept.factsAfter(store, id, 0)),
    onFault: (detector, error) => log.error(`the rule ${detector} failed and goes on: ${error instanceof Error ? error.stack : error}`),
  })

  const addFact = (journey: string, kind: kept.FactKind, atMs: number, body: unknown): void => {
    rows.push(kept.saveFact(journey, kind, atMs, body))
    facts.set(journey, (facts.get(journey) ?? 0) + 1)
  }

  const quarantine = (
    protocol: string,
    deviceId: string,
    feed: string,
    atMs: number,
    seen: Pick<UnknownSeal, 'batteryPercent' | 'lat' | 'lon'>,
  ): void => {
    const id = `${protocol}:${deviceId}`
    const before = unknown.get(id)
    const one: UnknownSeal = {
      id,
      protocol,
      deviceId,
      feed,
      firstAtMs: before?.firstAtMs ?? atMs,
      lastAtMs: atMs,
      reports: (before?.reports ?? 0) + 1,
      ...(seen.lat === undefined || seen.lon === undefined ? {} : { lat: seen.lat, lon: seen.lon }),
      ...(seen.batteryPercent === undefined ? {} : { batteryPercent: seen.batteryPercent }),
    }
    unknown.set(id, one)
    dirtyUnknown.add(id)
    if (!before && !isRestoring) options.onUnknown(one)
  }

  const received = ({ protocol, deviceId, feed, report, receivedAtMs, mark: at }: Received): void => {
    const id = `${protocol}:${deviceId}`
    mark = Math.max(mark, at)
    const seal = stock.get(id)
    if (!seal) {
      quarantine(protocol, deviceId, feed, receivedAtMs, report)
      return
    }
    const was = health.get(id)
    health.set(id, {
      ...was,
      lastAtMs: receivedAtMs,
      reports: (was?.reports ?? 0) + 1,
      ...(report.batteryPercent === undefined ? {} : { batteryPercent: report.batteryPercent }),
      ...(report.lat === undefined || report.lon === undefined ? {} : { lat: report.lat, lon: report.lon }),
      ...(report.sentAtMs === undefined || report.buffered ? {} : { lagMs: receivedAtMs - report.sentAtMs }),
      ...(typeof report.status.locked === 'boolean' ? { locked: report.status.locked } : {}),
    })
    options.onHeard?.(protocol, deviceId, report)
    if (report.kind === 'login' || report.kind === 'answer') return
    const journey = pass.journeyOf(id)
    const heard = heardOf(report, id, receivedAtMs, at)
    if (journey !== undefined) addFact(journey, 'report', judgedAtMs(heard), heard)
    pass.report(heard)
  }

  const devices = createSealDevices({
    clock,
    ledger: options.ledger,
    onReport: received,
    offsetOf: (protocol, deviceId) => stock.get(`${protocol}:${deviceId}`)?.utcOffsetMin,
    onTrouble: what => log.warn(what),
  })

  const passedGate = (event: GateEvent): void => {
    mark = Math.max(mark, event.mark)
    for (const plan of plans.values()) {
      const now = pass.now(plan.id)
      if (now && concerns(event, plan, now)) addFact(plan.id, 'gate', event.atMs, event)
    }
    pass.gate(event)
  }
  const gates = createGateReaders({
    clock,
    ledger: options.ledger,
    ownerOf: epcHex => ownerOfTag(stock.get(`${TAG}:${epcHex}`)),
    onPassage: passedGate,
    onUnknown: tag => quarantine(TAG, tag.epcHex, tag.feed, tag.lastAtMs, tag),
    onNotice: (feed, words) => log.warn(`gate ${feed}: ${words.en}`),
  })

  // What was kept: plans, the newest judged state of each and the facts since.
  pass.setSeals([...stock.values()])
  for (const { plan, saved, savedFact } of kept.openJourneys(store)) {
    plans.set(plan.id, plan)
    if (saved === undefined) pass.plan(plan)
    else pass.restore(plan, saved)
    for (const fact of kept.factsAfter(store, plan.id, savedFact)) {
      if (fact.kind === 'report') pass.report(fact.body)
      else if (fact.kind === 'deed') pass.deed(fact.body)
      else pass.gate(fact.body)
    }
  }
  rows = []
  dirty.clear()

  let flushing: Promise<void> | undefined
  const flush = (): Promise<void> => {
    flushing ??= write().finally(() => {
      flushing = undefined
    })
    return flushing
  }
  /** What is there now, too: a flush that is on its way may have begun before it. */
  const flushAll = async (): Promise<void> => {
    await flushing
    await flush()
  }
  const write = async (): Promise<void> => {
    if (rows.length === 0 && dirty.size === 0 && dirtyUnknown.size === 0) return
    const nowMs = clock.now()
    const going = rows
    rows = []
    const statements = [...going]
    for (const id of dirty) {
      const standing = pass.standing(id)
      if (standing) statements.push(kept.saveStanding(standing, nowMs))
    }
    dirty.clear()
    for (const id of dirtyUnknown) {
      const one = unknown.get(id)
      if (one) statements.push(kept.saveUnknown(one))
    }
    dirtyUnknown.clear()
    statements.push(kept.saveMark(mark))
    try {
      await store.write(statements)
    } catch (error) {
      // The ledger has what devices said; what was to be written is tried again with the next.
      rows = [...going, ...rows]
      isBehind = true
      log.error(`journeys could not be written: ${error instanceof Error ? error.message : error}`)
      return
    }
    isBehind = false
    for (const [id, count] of facts) {
      if (count < SAVE_EVERY_FACTS) continue
      facts.set(id, 0)
      await store.write([kept.saveJudged(id, pass.save(id), kept.newestFact(store, id))]).catch(() => {})
    }
  }
  const tell = (): void => {
    for (const id of untold) {
      const plan = plans.get(id)
      const standing = plan && pass.standing(id)
      if (plan && standing) options.onJourney(plan, standing)
    }
    untold.clear()
  }
  const stops = [
    clock.every(TELL_MS, tell),
    clock.every(FLUSH_MS, () => void flush()),
    clock.every(TICK_MS, () => {
      pass.tick(clock.now())
      for (const id of ending) {
        if (dirty.has(id)) continue
        ending.delete(id)
        plans.delete(id)
        pass.forget(id)
      }
    }),
  ]
  const audited = (by: By, deed: string, thing: string, note: string): Statement =>
    auditStatement({ atMs: clock.now(), ...by, deed, thing, note })

  const both = (id: string) => {
    const plan = plans.get(id)
    const standing = plan && pass.standing(id)
    if (plan && standing) return { plan, standing }
    const row = kept.journeyById(store, id)
    return row?.standing ? { plan: row.plan, standing: row.standing } : undefined
  }

  const judgedPlan = (plan: JourneyPlan, isNew: boolean): Result<readonly PlanFault[], readonly PlanFault[]> => {
    const faults = checkPlan(plan)
    if (faults.some(one => one.blocks)) return refused(faults)
    const fault = (field: string, words: Sentence) => refused([{ field, blocks: true, words }])
    if (isNew && both(plan.id)) return fault('id', TAKEN)
    for (const { seal } of plan.seals) {
      if (!stock.has(seal))
        return fault('seals', {
          ko: `봉인 ${seal}은(는) 재고에 없습니다. 먼저 등록하십시오`,
          en: `the seal ${seal} is not in the stock; register it first`,
        })
      const other = pass.journeyOf(seal)
      if (other !== undefined && other !== plan.id && plans.has(other))
        return fault('seals', {
          ko: `봉인 ${seal}은(는) 운송 ${other}에 쓰이고 있습니다`,
          en: `the seal ${seal} is on the journey ${other}`,
        })
    }
    return ok(faults)
  }

  return {
    devices,
    gates,
    pass,
    seals: () => [...stock.values()],
    seal: id => stock.get(id),
    health: id => health.get(id),
    unknown: () => [...unknown.values()].sort((a, b) => b.lastAtMs - a.lastAtMs),
    async saveSeals(seals, by, deed, reason) {
      await store.write([
        ...seals.map(kept.saveSeal),
        audited(
          by,
          deed,
          seals
            .map(one => one.id)
            .join(' ')
            .slice(0, 400),
          [seals.length, reason].filter(one => one !== undefined).join(' '),
        ),
      ])
      for (const seal of seals) {
        stock.set(seal.id, seal)
        unknown.delete(seal.id)
      }
      pass.setSeals(seals)
    },
    async adopt(id, more, by) {
      const found = unknown.get(id)
      if (!found) return undefined
      const seal: Seal = { ...more, id, deviceId: found.deviceId, protocol: found.protocol }
      await store.write([kept.saveSeal(seal), kept.dropUnknown(id), audited(by, 'seals.adopt', id, seal.number)])
      stock.set(id, seal)
      unknown.delete(id)
      dirtyUnknown.delete(id)
      pass.setSeals([seal])
      return seal
    },
    open: () => [...plans.keys()].flatMap(id => both(id) ?? []),
    journey: both,
    over: (fromMs, toMs, limit) =>
      kept.journeysOver(store, fromMs, toMs, limit).flatMap(({ plan, standing }) => (standing ? [{ plan, standing }] : [])),
    lines: id => kept.linesOf(store, id),
    track: (id, fromMs, toMs) =>
      onceEach(kept.factsBetween(store, id, fromMs, toMs).flatMap(fact => (fact.kind === 'report' ? [fact.body as HeardReport] : []))),
    history: id => kept.factsAfter(store, id, 0),
    try: plan => judgedPlan(plan, true),
    guards: id => {
      const found = both(id)
      const now = pass.now(id)
      return found && now ? guards(now, found.plan, options.places, clock.now()) : []
    },
    authority(id) {
      const now = pass.now(id)
      return now ? agreedAt(now, clock.now()) : []
    },
    async plan(plan, by, isNew) {
      const judged = judgedPlan(plan, isNew)
      if (!judged.ok) return judged
      plans.set(plan.id, plan)
      pass.plan(plan)
      const standing = pass.standing(plan.id)
      await store.write([
        kept.savePlan(plan),
        ...(standing ? [kept.saveStanding(standing, clock.now())] : []),
        audited(by, isNew ? 'journeys.plan' : 'journeys.change', plan.id, plan.container),
      ])
      return judged
    },
    async deed(deed, by) {
      if (kept.isDeedDone(store, deed.id)) return 'done-before'
      const found = both(deed.journey)
      if (!found) return 'no-journey'
      if (!plans.has(deed.journey)) return 'over'
      await store.write([
        kept.markDeed(deed.id, deed.journey),
        kept.saveFact(deed.journey, 'deed', deed.atMs, deed),
        audited(by, `journeys.${deed.deed}`, deed.journey, deed.note ?? ''),
      ])
      const life = DEED_LIFE[deed.deed]
      if (life) setLife(deed.seal === undefined ? found.plan.seals.map(one => one.seal) : [deed.seal], life)
      pass.deed(deed)
      await flushAll()
      return 'done'
    },
    async gate(event) {
      passedGate(event)
      await flushAll()
      return !isBehind
    },
    tick: () => pass.tick(clock.now()),
    async dropDemo() {
      for (const [id, plan] of plans) {
        if (!plan.isDemo) continue
        plans.delete(id)
        pass.forget(id)
      }
      for (const [id, seal] of stock) if (seal.isDemo) stock.delete(id)
      await store.write(kept.dropDemo())
    },
    catchUp(each) {
      each(mark + 1, (feed, bytes, receivedAtMs, at) => {
        const from = sealFeedOf(feed)
        if (from) gates.replay(from, bytes, receivedAtMs, at)
        devices.replay(feed, bytes, receivedAtMs, at)
      })
      isRestoring = false
      pass.begin(clock.now())
    },
    async close() {
      for (const stop of stops) stop()
      devices.close()
      gates.close()
      await flush()
    },
  }
}
