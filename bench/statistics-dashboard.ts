// Dashboards over five years: how long the ready boards take for a day, a month and a year, at head office and at one office, through the room's own thread; what a roll-up costs a
// record, what a late correction costs, and how both grow with ten times as many records. Facts are made by a seed, spread over the sources as a busy service would have them.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ACCESS_MIGRATIONS, seedOrganisations } from '#access/index.ts'
import { epochMs } from '#base/index.ts'
import { openStore, type Store } from '#platform/store/index.ts'
import { asksOf, type PeriodUnit, periodAt, STATISTICS_MIGRATIONS } from '#statistics/index.ts'
import { dayOf } from '../src/statistics/day.ts'
import { buildDay, dirtyDays, keepDay, replaceFacts, saveSource } from '../src/statistics/facts.ts'
import { MEASURES } from '../src/statistics/measures.ts'
import { startCounting } from '../src/statistics/questions.ts'
import { READY_BOARDS } from '../src/statistics/ready-boards.ts'
import { SOURCES } from '../src/statistics/sources/index.ts'
import { createStatistics } from '../src/statistics/statistics.ts'
import { temporaryFolder } from '../src/testkit/product.ts'
import type { Bench, Figure } from './bench.ts'

const ROWS = Number(process.env.MANGRU_BENCH_ROWS ?? 5_000_000)
const NOW_MS = Date.UTC(2026, 10, 24, 0, 14)
const YEARS_MS = 5 * 365.25 * 86_400_000
const TIMES = 5
const AT_ONCE = 100_000
const ROLL_AT_ONCE = 20

/** Of a hundred records, how many come from where. */
const SHARES = { alarms: 55, 'ship-calls': 25, feeds: 7, incidents: 6, checks: 5, seizures: 2 } as const

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Waiting times: many short, few long. */
const longTailed = (next: () => number, meanS: number): number => Math.round(-Math.log(1 - next()) * meanS)

function numbersOf(source: string, next: () => number): Record<string, number> {
  switch (source) {
    case 'alarms': {
      const acknowledgeS = longTailed(next, 70)
      return {
        level: 1 + Math.floor(next() * 3),
        acknowledgeS,
        ...(next() < 0.6 ? { assignS: acknowledgeS + longTailed(next, 90) } : {}),
        ...(next() < 0.95 ? { closeS: acknowledgeS + longTailed(next, 1800) } : {}),
      }
    }
    case 'ship-calls':
      return { lengthM: 20 + Math.floor(next() * 380) }
    case 'feeds': {
      const downMin = next() < 0.05 ? Math.floor(next() * 60) : 0
      return { upMin: 60 - downMin, measuredMin: 60, downMin }
    }
    case 'incidents':
      return { urgency: 1 + Math.floor(next() * 4), reportS: longTailed(next, 300), closeS: longTailed(next, 14_000), people: 0 }
    case 'seizures':
      return { valueWon: Math.floor(next() * 50_000_000), weightG: Math.floor(next() * 5000), pieces: Math.floor(next() * 300) }
    default:
      return {}
  }
}

function fill(file: string, rows: number, organisations: readonly string[]): void {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -512000')
  const insert = database.prepare(
    'INSERT INTO statistics_facts (source, day, at_ms, id, origin, organisation, kind, sub, numbers, subject, link_kind, link_id, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const next = random(20_261_124)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  const plan = Object.entries(SHARES).flatMap(([source, share]) => Array.from({ length: share }, () => source))
  const words = new Map(
    SOURCES.map(({ id, kinds, subs }) => [
      id,
      { kinds: id === 'feeds' ? ['coast-1', 'coast-2', 'coast-3', 'coast-4', 'satellite-1'] : Object.keys(kinds), subs: Object.keys(subs) },
    ]),
  )
  for (let n = 0; n < rows; n++) {
    if (n % AT_ONCE === 0) database.exec(n === 0 ? 'BEGIN' : 'COMMIT; BEGIN')
    const source = pick(plan)
    // In the order of time, as records come.
    const atMs = Math.floor(NOW_MS - YEARS_MS + (n / rows) * YEARS_MS)
    const { kinds, subs } = words.get(source) ?? { kinds: [], subs: [] }
    const subject = source === 'ship-calls' || source === 'checks' ? String(440_000_000 + Math.floor(next() * 20_000)) : null
    const numbers = numbersOf(source, next)
    insert.run(
      source,
      dayOf(atMs),
      atMs,
      `bench:${n}`,
      `bench:${n}`,
      pick(organisations),
      pick(kinds),
      pick(subs),
      Object.keys(numbers).length === 0 ? null : JSON.stringify(numbers),
      subject,
      'incident',
      String(n),
      `2026-${n}`,
    )
  }
  database.exec('COMMIT')
  database.close()
}

async function rollUp(store: Store): Promise<void> {
  let revision = 0
  for (;;) {
    const days = dirtyDays(store, ROLL_AT_ONCE)
    if (days.length === 0) return
    await store.write(days.flatMap(({ source, day, n }) => keepDay({ source, day, n, ...buildDay(store, source, day) }, ++revision)))
  }
}

/** A record of each source has just come: today is counted anew, as on a board that stands open. */
const news = (store: Store, n: number): Promise<unknown> =>
  store.write(
    Object.keys(SHARES).flatMap(source =>
      replaceFacts(source, {
        origin: 'bench:news',
        facts: [{ atMs: NOW_MS - n * 1000, organisation: 'busan', kind: 'other', link: { kind: 'x', id: 'x', label: 'x' } }],
      }),
    ),
  )

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >> 1] ?? 0

async function measured(rows: number): Promise<readonly Figure[]> {
  const folder = temporaryFolder()
  const file = join(folder.path, 'store.db')
  const open = (): Promise<Store> => openStore({ file, migrations: [...ACCESS_MIGRATIONS, ...STATISTICS_MIGRATIONS] })
  let store = await open()
  try {
    await seedOrganisations(store)
    const organisations = store.read<{ id: string }>('SELECT id FROM organisations').map(one => one.id)
    await store.write(SOURCES.map(source => saveSource(source.id, { sinceMs: 1, caughtUpMs: 1 })))
    await store.close()
    fill(file, rows, organisations)
    store = await open()
    const size = `${rows} records, 5 years`
    const figures: Figure[] = []
    const tell = (name: string, value: number, unit: string, goal?: string): void =>
      void figures.push({ name, value, unit, size, ...(goal === undefined ? {} : { goal }) })

    const began = performance.now()
    const cpu = process.cpuUsage()
    await rollUp(store)
    const { user, system } = process.cpuUsage(cpu)
    tell('rolling up everything, a record', ((user + system) * 1000) / rows, 'CPU ns')
    tell('the same, of the wall clock', (performance.now() - began) / 1000, 's')
    const [kept] = store.read<{ bytes: number }>('SELECT sum(length(pack)) AS bytes FROM statistics_days')
    tell('roll-ups, a record', (kept?.bytes ?? 0) / rows, 'bytes')

    const counting = startCounting(file)
    const clock = { now: () => epochMs(NOW_MS), every: () => () => {}, after: () => () => {} }
    const all = organisations.map(id => ({ id }))
    const statistics = createStatistics({
      store,
      clock,
      counting,
      organisations: () => {
        throw new Error('not asked')
      },
      ownMeasure: () => undefined,
      onFault: sentence => {
        throw new Error(sentence)
      },
    })
    const ahead = performance.now()
    await statistics.readAhead()
    tell('roll-ups of two years read ahead, as after a start', performance.now() - ahead, 'ms')
    const site = Object.fromEntries(all.map(({ id }) => [id, id]))
    const one = { busan: 'busan', gamcheon: 'gamcheon' }
    const ask = async (
      board: (typeof READY_BOARDS)[number],
      unit: PeriodUnit,
      sites: Readonly<Record<string, string>>,
    ): Promise<{ readonly ms: number; readonly cpuMs: number }> => {
      const at = performance.now()
      const spent = process.cpuUsage()
      await statistics.ask(
        board.widgets.flatMap(widget => asksOf(widget, MEASURES)),
        { spans: periodAt(unit, NOW_MS, NOW_MS), sites: () => sites },
      )
      const { user, system } = process.cpuUsage(spent)
      return { ms: performance.now() - at, cpuMs: (user + system) / 1000 }
    }
    let worst = { ms: 0, what: '' }
    for (const unit of ['day', 'month', 'year'] as const) {
      const cold: number[] = []
      const warm: number[] = []
      const coldCpu: number[] = []
      const warmCpu: number[] = []
      for (const board of READY_BOARDS)
        for (const [where, sites] of [
          ['head office', site],
          ['one office', one],
        ] as const) {
          const first = await ask(board, unit, sites)
          const again: Awaited<ReturnType<typeof ask>>[] = []
          for (let k = 0; k < TIMES; k++) {
            await news(store, k)
            again.push(await ask(board, unit, sites))
          }
          cold.push(first.ms)
          warm.push(median(again.map(one => one.ms)))
          coldCpu.push(first.cpuMs)
          warmCpu.push(median(again.map(one => one.cpuMs)))
          const slowest = Math.max(first.ms, ...again.map(one => one.ms))
          if (slowest > worst.ms) worst = { ms: slowest, what: `${board.id}, ${unit}, ${where}` }
        }
      tell(`the slowest board of ${cold.length} for a ${unit}, first time`, Math.max(...cold), 'ms', '< 500')
      tell(`the same, on the processor`, Math.max(...coldCpu), 'CPU ms')
      tell(`the slowest board of ${warm.length} for a ${unit}, median of ${TIMES} more, each after news`, Math.max(...warm), 'ms', '< 500')
      tell(`the same, on the processor`, Math.max(...warmCpu), 'CPU ms')
    }
    tell(`the slowest of all (${worst.what})`, worst.ms, 'ms', '< 500')

    const late = performance.now()
    const change = {
      origin: 'bench:7',
      facts: [
        {
          atMs: NOW_MS - YEARS_MS + 1,
          organisation: 'busan',
          kind: 'loitering',
          sub: 'real',
          numbers: { level: 2, acknowledgeS: 40 },
          link: { kind: 'alarm', id: 'x', label: 'x' },
        },
      ],
    }
    await store.write(replaceFacts('alarms', change))
    await rollUp(store)
    tell('a late correction, kept and rolled up', performance.now() - late, 'ms')

    const drill = performance.now()
    const year = periodAt('year', NOW_MS, NOW_MS)
    const within = { spans: year, sites: () => site }
    await statistics.records({ measure: 'narcotics-weight', by: [], where: [{ field: 'kind', is: ['narcotics'] }] }, year, within, 100)
    tell('drill-down: 100 records of one kind in a year', performance.now() - drill, 'ms', '< 500')
    await counting.close()
    return figures
  } finally {
    await store.close()
    folder.remove()
  }
}

export const bench: Bench = {
  name: 'statistics-dashboard',
  question: 'how long does a dashboard over five years of records take, and what do its roll-ups cost?',
  async run() {
    const small = await measured(Math.round(ROWS / 10))
    const large = await measured(ROWS)
    // How it grows: the ratio to a tenth of the records, in the same run.
    return [
      ...small,
      ...large.map((figure, k) => {
        const before = small[k]
        return before && before.value > 0
          ? { ...figure, ratio: { to: 'a tenth of the records', value: figure.value / before.value } }
          : figure
      }),
    ]
  },
}
