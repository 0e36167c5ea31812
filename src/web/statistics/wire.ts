// The server's JSON of the statistics read into the screen's shapes, at the edge and once.
import { BYS, type By, CHARTS, type Condition, type Figure, FUNCTIONS, PERIOD_UNITS, UNITS, type Words } from '#statistics/schema.ts'
import { field, list, number, present, text, time } from '../live/wire.ts'
import type {
  Answers,
  AnswerView,
  BoardView,
  Catalogue,
  CoastView,
  MeasureView,
  PeriodView,
  PlaceWords,
  RecordsPage,
  RecordView,
  RowView,
  SiteView,
  SourceView,
  SpanView,
} from './model.ts'
import { askKey } from './model.ts'

const flag = (from: unknown, name: string): boolean => field(from, name) === true
const texts = (from: unknown, name: string): readonly string[] => list(from, name).filter(one => typeof one === 'string')
const words = (from: unknown): Words => ({ ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? text(from, 'ko') ?? '' })
const among = <T extends string>(known: readonly T[], word: string | undefined): T | undefined => known.find(one => one === word)
const entries = (from: unknown, name: string): readonly (readonly [string, unknown])[] => Object.entries(Object(field(from, name)))

const condition = (from: unknown): Condition => ({
  field: text(from, 'field') ?? '',
  ...(field(from, 'is') === undefined ? {} : { is: texts(from, 'is') }),
  ...(field(from, 'not') === undefined ? {} : { not: texts(from, 'not') }),
  ...present({ atLeast: number(from, 'atLeast'), below: number(from, 'below') }),
})
export const measure = (from: unknown): MeasureView => {
  const better = among(['more', 'less'] as const, text(from, 'better'))
  const part = list(from, 'part').map(condition)
  return {
    id: text(from, 'id') ?? '',
    ...words(from),
    unit: among(UNITS, text(from, 'unit')) ?? 'plain',
    formula: words(field(from, 'formula')),
    source: text(from, 'source') ?? '',
    where: list(from, 'where').map(condition),
    function: among(FUNCTIONS, text(from, 'function')) ?? 'count',
    group: among(['kind', 'sub', 'organisation'] as const, text(from, 'group')) ?? 'kind',
    isLinked: field(from, 'isLinked') !== false,
    ...present({ number: text(from, 'number'), whole: text(from, 'whole'), better }),
    ...(part.length > 0 ? { part } : {}),
    ...(text(from, 'owner') === undefined ? {} : { own: { ...ownFacts(from), edition: number(from, 'edition') ?? 1 } }),
  }
}
const ownFacts = (from: unknown) => ({
  ownerName: text(from, 'ownerName') ?? '',
  isOwn: flag(from, 'isOwn'),
  isShared: flag(from, 'isShared'),
  changedAtMs: time(from, 'changedAt') ?? 0,
})
const by = (word: string | undefined): By | undefined => among(BYS, word)
const board = (from: unknown): BoardView => ({
  id: text(from, 'id') ?? '',
  ...words(from),
  widgets: list(from, 'widgets').map(one => ({
    id: text(one, 'id') ?? '',
    chart: among(CHARTS, text(one, 'chart')) ?? 'table',
    measures: texts(one, 'measures'),
    width: number(one, 'width') ?? 12,
    ...present({ by: by(text(one, 'by')), title: field(one, 'title') === undefined ? undefined : words(field(one, 'title')) }),
  })),
  ...(text(from, 'owner') === undefined ? {} : { own: ownFacts(from) }),
})
const places = (from: unknown, name: string): ReadonlyMap<string, PlaceWords> =>
  new Map(entries(from, name).map(([id, one]) => [id, { ...words(one), ...present({ lat: number(one, 'lat'), lon: number(one, 'lon') }) }]))
const source = (from: unknown): SourceView => ({
  id: text(from, 'id') ?? '',
  ...words(from),
  isLinked: flag(from, 'isLinked'),
  isSeen: flag(from, 'isSeen'),
  hasSubject: flag(from, 'hasSubject'),
  kinds: places(from, 'kinds'),
  subs: places(from, 'subs'),
  numbers: list(from, 'numbers').map(one => ({
    id: text(one, 'id') ?? '',
    ...words(one),
    unit: among(UNITS, text(one, 'unit')) ?? 'plain',
  })),
})
const site = (from: unknown): SiteView => ({
  id: text(from, 'id') ?? '',
  kind: text(from, 'kind') ?? '',
  ...words(from),
  shortKo: text(from, 'shortKo') ?? text(from, 'ko') ?? '',
  shortEn: text(from, 'shortEn') ?? text(from, 'en') ?? '',
  ...present({ parent: text(from, 'parent') }),
})
export const catalogue = (from: unknown, organisations: unknown): Catalogue => ({
  sites: list(organisations).map(site),
  measures: [...list(from, 'measures'), ...list(from, 'ownMeasures')].map(measure),
  sources: list(from, 'sources').map(source),
  boards: [...list(from, 'boards'), ...list(from, 'ownBoards')].map(board),
})

const span = (from: unknown): SpanView => ({ fromMs: time(from, 'from') ?? 0, toMs: time(from, 'to') ?? 0 })
const maybeSpan = (from: unknown): SpanView | undefined => (from === undefined ? undefined : span(from))
const period = (from: unknown): PeriodView => ({
  ...span(from),
  unit: among(PERIOD_UNITS, text(from, 'unit')) ?? 'month',
  endMs: time(from, 'end') ?? time(from, 'to') ?? 0,
  isRunning: flag(from, 'isRunning'),
  ...present({
    before: maybeSpan(field(from, 'before')),
    yearBefore: maybeSpan(field(from, 'yearBefore')),
    earlierMs: time(from, 'earlier'),
    laterMs: time(from, 'later'),
  }),
})

const figure = (from: unknown): Figure => ({ n: number(from, 'n') ?? 0, ...present({ value: number(from, 'value') }) })
const maybeFigure = (from: unknown): Figure | undefined => (from === undefined ? undefined : figure(from))
const row = (from: unknown, slot = -1): RowView => ({
  ...figure(from),
  key: list(from, 'key').map((word, k) => (k === slot ? String(Date.parse(String(word))) : String(word))),
  ...present({ before: maybeFigure(field(from, 'before')), yearBefore: maybeFigure(field(from, 'yearBefore')) }),
})
export const answer = (from: unknown): AnswerView => {
  const bys = list(from, 'by').flatMap(word => by(String(word)) ?? [])
  return {
    measure: text(from, 'measure') ?? '',
    isKnown: field(from, 'isKnown') !== false,
    isLinked: flag(from, 'isLinked'),
    by: bys,
    rows: list(from, 'rows').map(one => row(one, bys.indexOf('slot'))),
    total: row(field(from, 'total')),
    ...present({ measuredFromMs: time(from, 'measuredFrom') }),
  }
}
/** Answers come in the order they were asked. */
export const answers = (from: unknown, asked: readonly { readonly measure: string; readonly by: readonly By[] }[]): Answers => ({
  period: period(field(from, 'period')),
  slot: among(PERIOD_UNITS, text(from, 'slot')) ?? 'day',
  countedAtMs: time(from, 'countedAt') ?? 0,
  of: new Map(list(from, 'answers').flatMap((one, k) => (asked[k] ? [[askKey(asked[k]), answer(one)] as const] : []))),
})

const record = (from: unknown): RecordView => {
  const link = field(from, 'link')
  return {
    id: text(from, 'id') ?? '',
    atMs: time(from, 'at') ?? 0,
    organisation: text(from, 'organisation') ?? '',
    kind: text(from, 'kind') ?? '',
    sub: text(from, 'sub') ?? '',
    numbers: new Map(entries(from, 'numbers').flatMap(([id, value]) => (typeof value === 'number' ? [[id, value] as const] : []))),
    link: {
      kind: text(link, 'kind') ?? '',
      id: text(link, 'id') ?? '',
      label: text(link, 'label') ?? '',
      ...present({ title: text(link, 'title') }),
    },
  }
}
export const records = (from: unknown): RecordsPage => ({
  records: list(from, 'records').map(record),
  ...present({ total: field(from, 'total') === undefined ? undefined : row(field(from, 'total')), after: text(from, 'after') }),
})

export const coast = (from: unknown): CoastView => ({
  west: number(from, 'west') ?? 123.6,
  east: number(from, 'east') ?? 131.6,
  south: number(from, 'south') ?? 32.6,
  north: number(from, 'north') ?? 38.9,
  rings: list(from, 'rings').map(ring => list(ring).map(Number)),
})
