// The statistics of the product: takes facts from the sources, keeps them and their roll-ups, and answers measures. What is told waits a moment so that many go into one commit;
// whatever a kill takes is caught up from the rooms at the next start.
import type { OrganisationTree } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Store } from '#platform/store/index.ts'
import { calendarOf, DAY_MS, dayAt, dayOf } from './day.ts'
import { type FactRecord, keepDay, newestRevision, replaceFacts, saveSource, sourceState } from './facts.ts'
import { MEASURES } from './measures.ts'
import { slotsOf, slotUnitOf, spanPeriod } from './period.ts'
import type { Counting } from './questions.ts'
import type { RecordMark } from './reader.ts'
import type { Answer, By, Change, Condition, Figure, MeasureDefinition, PeriodUnit, Row, Span, Spans } from './schema.ts'
import { type Rooms, SOURCES, type Source } from './sources/index.ts'
import type { Counted, Wanted } from './wanted.ts'

export interface StatisticsOptions {
  readonly store: Store
  readonly clock: Clock
  readonly counting: Counting
  organisations(): OrganisationTree
  /** Measures that officers have made. */
  ownMeasure(id: string): MeasureDefinition | undefined
  readonly sources?: readonly Source[]
  onFault(sentence: string): void
}

/** What is asked of one measure. */
export interface Asked {
  readonly measure: string
  readonly by: readonly By[]
  /** Besides the measure's own conditions. */
  readonly where?: readonly Condition[]
  readonly hours?: readonly number[]
  readonly weekdays?: readonly number[]
}
export interface Within {
  readonly spans: Spans
  /** Organisations that count → as which each is shown; `all`: every one as itself. */
  sites(source: Source): Readonly<Record<string, string>> | 'all'
  /** How a curve is cut; chosen by the length of the span where absent. */
  readonly slot?: PeriodUnit
}

export interface Statistics {
  readonly sources: readonly Source[]
  definition(id: string): MeasureDefinition | undefined
  /** The answers in the order of the questions; a measure nobody knows has no answer. */
  ask(asked: readonly Asked[], within: Within): Promise<readonly (Answer | undefined)[]>
  /**
   * Front door: one measure over a period, compared with as long a time before and the same dates a year ago. `organisations`: whose facts count; each is shown as the office it
   * belongs to. Undefined: there is no such measure.
   */
  measure(what: string, by: readonly By[], period: Spans, organisations?: ReadonlySet<string> | 'all'): Promise<Answer | undefined>
  /** Front door: the eight figures at the head of the daily report, each against as long a time before. */
  headline(fromMs: number, toMs: number): Promise<readonly HeadlineFigure[]>
  /** One measure that nobody has kept yet. Undefined: its source is not there. */
  tryOut(definition: MeasureDefinition, by: readonly By[], within: Within): Promise<Answer | undefined>
  /** Kept roll-ups of a period made anew and compared, the newest days first, at most so many. */
  recount(span: Span, maxDays: number): Promise<Recount>
  /** The records behind a figure, newest first. */
  records(asked: Asked, span: Span, within: Within, limit: number, after?: RecordMark): Promise<readonly FactRecord[]>
  /** Facts of a room above, or of one that has just come. Kept within a second; the same twice is once. */
  take(source: string, change: Change): void
  /** Resolves when all that was taken is on the disk. */
  settled(): Promise<void>
  /** Makes roll-ups of what has changed; true while there may be more. */
  tend(limit?: number): Promise<boolean>
  start(rooms: Rooms): () => void
  /** Has at hand what a year's board looks at, the year before included: a month of one source at a time, so that a question waits for no more than one of them. */
  readAhead(): Promise<void>
}

export interface Recount {
  readonly days: number
  readonly isSame: boolean
  /** False: there are more days than were looked at. */
  readonly isWhole: boolean
  /** The first that differs. */
  readonly differs?: { readonly source: string; readonly day: string }
}

export interface HeadlineFigure extends Figure {
  readonly id: string
  readonly measure: MeasureDefinition
  /** False: 연계 전. */
  readonly isLinked: boolean
  readonly before?: Figure
}

/** 총괄 of the daily report (design/daily-report.md §2), in its order. */
const HEADLINE = [
  'arrivals',
  'departures',
  'high-risk-ships',
  'boardings',
  'alarms',
  'response-mean',
  'seal-violations',
  'seizures',
] as const

const GATHER_MS = 250
const RETRY_MS = 2000
const TEND_MS = 5000
const TEND_DAYS = 20
/** A clock set back, news told but not kept: looked at again. */
const MARGIN_MS = 3_600_000
const MAX_KNOWN = 20_000
const READ_AHEAD_MONTHS = 25

export function createStatistics(options: StatisticsOptions): Statistics {
  const { store, clock, counting } = options
  const sources = options.sources ?? SOURCES
  const sourceById = new Map(sources.map(source => [source.id, source]))
  const waiting = new Map<string, { readonly source: string; readonly change: Change }>()
  /** What was kept last of each origin: an alarm that goes on changes often, its fact seldom. */
  const lastKept = new Map<string, string>()
  /** Facts of a source whose room has come after all. */
  const pushed = new Set<string>()
  let writing: Promise<void> | undefined
  let isTimed = false
  let revision = newestRevision(store)
  let caughtUp = false

  const definition = (id: string): MeasureDefinition | undefined => MEASURES.find(one => one.id === id) ?? options.ownMeasure(id)
  const since = (source: string): number | undefined => sourceState(store, source)?.sinceMs

  const take = (source: string, change: Change): void => {
    const key = `${source} ${change.origin}`
    const text = JSON.stringify(change.facts)
    if (lastKept.get(key) === text && !waiting.has(key)) return
    waiting.set(key, { source, change })
    if (isTimed) return
    isTimed = true
    clock.after(GATHER_MS, () => {
      isTimed = false
      void write()
    })
  }

  const write = (): Promise<void> => {
    writing ??= writeOnce().finally(() => {
      writing = undefined
    })
    return writing
  }
  const writeOnce = async (): Promise<void> => {
    while (waiting.size > 0) {
      const taken = [...waiting]
      waiting.clear()
      try {
        await keep(taken.map(([, one]) => one))
      } catch (error) {
        for (const [key, one] of taken) if (!waiting.has(key)) waiting.set(key, one)
        options.onFault(`statistics could not keep ${taken.length} records: ${error instanceof Error ? error.message : error}`)
        clock.after(RETRY_MS, () => void write())
        return
      }
      if (lastKept.size > MAX_KNOWN) lastKept.clear()
      for (const [key, { change }] of taken) lastKept.set(key, JSON.stringify(change.facts))
    }
  }
  const keep = async (taken: readonly { readonly source: string; readonly change: Change }[]): Promise<void> => {
    const begins = [...new Set(taken.map(one => one.source))].filter(
      source => !pushed.has(source) && sourceById.get(source)?.isLinked === false && since(source) === undefined,
    )
    const nowMs = clock.now()
    await store.write([
      ...begins.map(source => saveSource(source, { sinceMs: nowMs, caughtUpMs: 0 })),
      ...taken.flatMap(({ source, change }) => replaceFacts(source, change)),
    ])
    for (const { source } of taken) pushed.add(source)
  }

  /** Everything a room may have changed while nobody listened. The first time: all there is. */
  const catchUp = async (source: Source, rooms: Rooms): Promise<void> => {
    const known = sourceState(store, source.id)
    const begunMs = clock.now()
    if (source.catchUp)
      for (const piece of source.catchUp(rooms, known?.caughtUpMs ? known.caughtUpMs - MARGIN_MS : 0)) {
        if (piece.length > 0) await keep(piece.map(change => ({ source: source.id, change })))
      }
    await store.write([saveSource(source.id, { sinceMs: known?.sinceMs ?? source.earliestMs?.(rooms) ?? begunMs, caughtUpMs: begunMs })])
  }

  const answer = async (
    asked: readonly { readonly definition: MeasureDefinition; readonly asked: Asked }[],
    within: Within,
  ): Promise<readonly Answer[]> => {
    const answers = new Map<Asked, Answer>()
    const spans = [within.spans, within.spans.before, within.spans.yearBefore].flatMap(span => span ?? [])
    for (const id of new Set(asked.map(one => one.definition.source))) {
      const source = sourceById.get(id)
      const those = asked.filter(one => one.definition.source === id)
      const sinceMs = since(id)
      const isLinked = source !== undefined && (source.isLinked || sinceMs !== undefined)
      if (!source || !isLinked) {
        for (const { asked: one } of those)
          answers.set(one, { measure: one.measure, isLinked: false, by: one.by, rows: [], total: { key: [], n: 0 } })
        continue
      }
      // A sum is told with its parts: who asks for it alone gets it from there.
      const sumOf = (one: Asked): Asked | undefined =>
        one.by.length > 0 ? undefined : those.find(({ asked: other }) => other.by.length > 0 && isSameButBy(one, other))?.asked
      const counted = those.filter(({ asked: one }) => sumOf(one) === undefined)
      const wanted = counted.map(one => wantedOf(one.definition, one.asked, within, source))
      const told = await counting.count(id, spans, wanted)
      for (const [k, { asked: one, definition }] of counted.entries())
        answers.set(one, merged({ definition, asked: one, counted: told[k] ?? [], within, sinceMs }))
      for (const { asked: one } of those) {
        const parts = answers.get(sumOf(one) ?? one)
        if (parts && !answers.has(one)) answers.set(one, { ...parts, by: [], rows: [{ ...parts.total, key: [] }] })
      }
    }
    return asked.map(({ asked: one }) => answers.get(one)!)
  }

  const statistics: Statistics = {
    sources,
    definition,
    take,
    settled: async () => {
      await write()
    },
    async ask(asked, within) {
      const known = asked.flatMap(one => {
        const found = definition(one.measure)
        return found ? [{ definition: found, asked: one }] : []
      })
      const answers = await answer(known, within)
      return asked.map(one => answers[known.findIndex(({ asked: other }) => other === one)])
    },
    async measure(what, by, period, organisations = 'all') {
      const tree = options.organisations()
      const sites = (): Readonly<Record<string, string>> => {
        const shown: Record<string, string> = {}
        for (const { id } of tree.all) if (organisations === 'all' || organisations.has(id)) shown[id] = officeOf(tree, id)
        return shown
      }
      const [one] = await statistics.ask([{ measure: what, by }], { spans: period, sites })
      return one
    },
    async headline(fromMs, toMs) {
      const { before } = spanPeriod({ fromMs, toMs })
      const spans: Spans = { fromMs, toMs, ...(before ? { before } : {}) }
      const answers = await statistics.ask(
        HEADLINE.map(measure => ({ measure, by: [] })),
        { spans, sites: () => 'all' },
      )
      return answers.flatMap((one, k) => {
        const found = definition(HEADLINE[k] ?? '')
        if (!one || !found) return []
        const { key: _key, yearBefore: _year, ...figure } = one.total
        return [{ id: found.id, measure: found, isLinked: one.isLinked, ...figure }]
      })
    },
    async tryOut(definition, by, within) {
      const [one] = await answer([{ definition, asked: { measure: definition.id, by } }], within)
      return one
    },
    async recount(span, maxDays) {
      const kept = await counting.kept(span)
      let days = 0
      for (const { source, day } of kept.slice(0, maxDays)) {
        // One question a day: boards that are asked for meanwhile come in between.
        if (!(await counting.isSame(source, day)))
          return { days, isSame: false, isWhole: false, differs: { source, day: new Date(day * DAY_MS).toISOString().slice(0, 10) } }
        days++
      }
      return { days, isSame: true, isWhole: days === kept.length }
    },
    async records(asked, span, within, limit, after) {
      const found = definition(asked.measure)
      const source = found && sourceById.get(found.source)
      if (!found || !source) return []
      const wanted = wantedOf(found, asked, within, source)
      return counting.records(source.id, span, wanted, limit, after)
    },
    async tend(limit = TEND_DAYS) {
      const made = await counting.made(limit)
      if (made.length === 0) return false
      await store.write(made.flatMap(day => keepDay(day, ++revision)))
      return made.length === limit
    },
    async readAhead() {
      const { year, month } = calendarOf(dayOf(clock.now()))
      for (let back = 0; back < READ_AHEAD_MONTHS; back++)
        for (const { id, isLinked } of sources) if (isLinked) await counting.readAhead(id, dayAt({ year, month: month - back, date: 1 }))
    },
    start(rooms) {
      let isStopped = false
      let isTending = false
      const fault = (what: string) => (error: unknown) => {
        if (!isStopped) options.onFault(`${what}: ${error instanceof Error ? error.message : error}`)
      }
      // Listening first: what changes while catching up is told, and replaces.
      const stops = sources.flatMap(source => source.listen?.(rooms, change => take(source.id, change)) ?? [])
      const all = async (): Promise<void> => {
        for (const source of sources)
          if (!isStopped && source.isLinked) await catchUp(source, rooms).catch(fault(`the source ${source.id} could not catch up`))
        caughtUp = true
        await statistics.readAhead().catch(fault('roll-ups could not be read ahead'))
      }
      void all()
      const tend = async (): Promise<void> => {
        if (isTending || isStopped) return
        isTending = true
        try {
          while (!isStopped && (await statistics.tend())) await new Promise<void>(done => void clock.after(0, done))
          // What has been told so far is on the disk: after a restart it need not be looked for again.
          if (caughtUp && waiting.size === 0 && !writing) await markCaughtUp(rooms)
        } finally {
          isTending = false
        }
      }
      stops.push(clock.every(TEND_MS, () => void tend().catch(fault('statistics could not be rolled up'))))
      return () => {
        isStopped = true
        for (const stop of stops) stop()
      }
    },
  }

  let markedMs = 0
  const markCaughtUp = async (rooms: Rooms): Promise<void> => {
    const nowMs = rooms.clock.now()
    if (nowMs - markedMs < 60_000) return
    markedMs = nowMs
    await store.write(sources.filter(source => source.catchUp).map(source => saveSource(source.id, { sinceMs: nowMs, caughtUpMs: nowMs })))
  }
  return statistics
}

const isSameButBy = (a: Asked, b: Asked): boolean =>
  a.measure === b.measure && JSON.stringify([a.where, a.hours, a.weekdays]) === JSON.stringify([b.where, b.hours, b.weekdays])

interface ToMerge {
  readonly definition: MeasureDefinition
  readonly asked: Asked
  readonly counted: readonly Counted[]
  readonly within: Within
  readonly sinceMs: number | undefined
}

function wantedOf(definition: MeasureDefinition, asked: Asked, within: Within, source: Source): Wanted {
  const { where, number, part, whole } = definition
  return {
    where: [...where, ...(asked.where ?? [])],
    function: definition.function,
    ...(number === undefined ? {} : { number }),
    ...(part ? { part } : {}),
    ...(whole === undefined ? {} : { whole }),
    by: asked.by,
    slot: within.slot ?? slotUnitOf(within.spans),
    organisations: within.sites(source),
    ...(asked.hours ? { hours: asked.hours } : {}),
    ...(asked.weekdays ? { weekdays: asked.weekdays } : {}),
  }
}

/** This time beside the others; curves are compared slot by slot in their order. A time that was not measured is not compared: nothing known is not 0. */
function merged({ definition, asked, counted, within, sinceMs }: ToMerge): Answer {
  const { spans } = within
  const isMeasured = (span: Span): boolean => sinceMs !== undefined && sinceMs <= span.fromMs
  const slot = asked.by.indexOf('slot')
  const slots = slot < 0 ? [] : slotsOf(spans, within.slot ?? slotUnitOf(spans))
  // Counts and sums of nothing are 0 where it was measured; medians and shares of nothing are nothing.
  const nothing: Figure = ADDITIVE.has(definition.function) ? { n: 0, value: 0 } : { n: 0 }
  const rows = new Map<string, Row>()
  const [now] = counted
  for (const { key, figure } of now?.rows ?? []) rows.set(key.join('\n'), { key, ...figure })
  if (asked.by.length === 1 && sinceMs !== undefined)
    for (const [k, key] of slots.entries())
      if (!rows.has(key) && sinceMs < Number(slots[k + 1] ?? spans.toMs)) rows.set(key, { key: [key], ...nothing })
  const isUnknown = now?.total.n === 0 && (sinceMs === undefined || sinceMs >= spans.toMs)
  let total: Row = { key: [], ...(now && !isUnknown ? now.total : { n: 0 }) }
  for (const [k, name] of (['before', 'yearBefore'] as const).entries()) {
    const span = spans[name]
    const other = counted[spans.before || k === 0 ? k + 1 : k]
    if (!span || !other || !isMeasured(span)) continue
    total = { ...total, [name]: other.total }
    const theirs = slot < 0 ? [] : slotsOf(span, within.slot ?? slotUnitOf(spans))
    const found = new Map<string, Figure>()
    for (const { key, figure } of other.rows) {
      const here = slot < 0 ? key : key.map((word, at) => (at === slot ? (slots[theirs.indexOf(word)] ?? '') : word))
      found.set(here.join('\n'), figure)
      if (!rows.has(here.join('\n')) && !here.includes('')) rows.set(here.join('\n'), { key: here, ...nothing })
    }
    for (const [word, row] of rows) rows.set(word, { ...row, [name]: found.get(word) ?? nothing })
  }
  const list = [...rows.values()]
  if (slot >= 0) list.sort((a, b) => Number(a.key[slot]) - Number(b.key[slot]))
  return {
    measure: asked.measure,
    isLinked: true,
    ...(sinceMs === undefined ? {} : { measuredFromMs: sinceMs }),
    by: asked.by,
    rows: list,
    total,
  }
}

const ADDITIVE: ReadonlySet<string> = new Set(['count', 'sum', 'distinct'])

function officeOf(tree: OrganisationTree, id: string): string {
  let at = id
  for (let up = tree.get(at)?.parent; up !== undefined && up !== tree.headOffice; up = tree.get(at)?.parent) at = up
  return at
}
