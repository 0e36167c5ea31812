// The server's JSON of reports read into this room's shapes, at the edge and once. A paper is what its server drew: what is odd in it becomes an empty place, never a broken page.
import { field, list, number, present, text, time } from '../live/wire.ts'
import {
  type Author,
  type Block,
  type BoxView,
  type Cell,
  CHECKS,
  type Check,
  type Column,
  type CommentView,
  type HeadView,
  type Line,
  type LinesView,
  MAIL_STATES,
  type MailView,
  type Mark,
  type Paper,
  REPORT_STATES,
  type ReportView,
  type Rules,
  type Section,
  type SectionId,
  type SourceView,
  type WhyView,
} from './model.ts'

const among = <Word extends string>(words: readonly Word[], value: string | undefined): Word | undefined =>
  words.find(word => word === value)
const flag = (from: unknown, name: string): boolean => field(from, name) === true
const words = (from: unknown, name: string): string => {
  const value = field(from, name)
  return typeof value === 'string' ? value : ''
}
const texts = (from: unknown, name: string): readonly string[] => list(from, name).flatMap(one => (typeof one === 'string' ? [one] : []))
const two = (from: unknown) => (from === undefined ? undefined : { ko: words(from, 'ko'), en: words(from, 'en') })

const TONES = ['alert', 'up', 'down', 'quiet', 'done', 'open'] as const
const STATES = ['machine', 'none', 'not-linked', 'hand'] as const
/** Complete by its type. */
const SECTIONS: Readonly<Record<SectionId, true>> = {
  summary: true,
  events: true,
  ships: true,
  cctv: true,
  seals: true,
  seizures: true,
  actions: true,
  equipment: true,
  patrols: true,
  staffing: true,
  weather: true,
  'hand-over': true,
  annex: true,
}
export const isSection = (word: string): word is SectionId => Object.hasOwn(SECTIONS, word)
const KINDS = ['daily', 'weekly', 'monthly', 'special'] as const
const DEEDS = ['text', 'leave-out', 'add', 'move', 'order'] as const

/** Only whether somebody asked: the question itself comes with ‘why’. */
const sources = (from: unknown) => (field(from, 'sources') === undefined ? {} : { sources: texts(from, 'sources') })
const cell = (from: unknown): Cell => ({
  text: words(from, 'text'),
  ...present({ n: number(from, 'n'), tone: among(TONES, text(from, 'tone')) }),
  ...sources(from),
})
const line = (from: unknown): Line => ({
  id: words(from, 'id'),
  text: words(from, 'text'),
  details: list(from, 'details').map(line),
  ...present({ lead: text(from, 'lead') }),
  ...sources(from),
})
const column = (from: unknown): Column => ({
  id: words(from, 'id'),
  title: words(from, 'title'),
  width: number(from, 'width') ?? 1,
  ...(words(from, 'align') === 'left' ? { align: 'left' as const } : {}),
})

function block(from: unknown): readonly Block[] {
  const id = words(from, 'id')
  switch (text(from, 'kind')) {
    case 'lines':
      return [{ kind: 'lines', id, lines: list(from, 'lines').map(line) }]
    case 'table':
      return [
        {
          kind: 'table',
          id,
          columns: list(from, 'columns').map(column),
          rows: list(from, 'rows').map(row => ({
            id: words(row, 'id'),
            cells: list(row, 'cells').map(cell),
            ...(flag(row, 'isSum') ? { isSum: true as const } : {}),
          })),
          ...(flag(from, 'isHeadline') ? { isHeadline: true as const } : {}),
        },
      ]
    case 'picture':
      return [
        {
          kind: 'picture',
          id,
          title: words(from, 'title'),
          svg: words(from, 'svg'),
          widthMm: number(from, 'widthMm') ?? 0,
          heightMm: number(from, 'heightMm') ?? 0,
        },
      ]
    case 'words':
      return [
        { kind: 'words', id, text: words(from, 'text'), ...sources(from), ...(flag(from, 'isTitle') ? { isTitle: true as const } : {}) },
      ]
    default:
      return []
  }
}

const section = (from: unknown): readonly Section[] => {
  const id = words(from, 'id')
  if (!isSection(id)) return []
  return [
    {
      id,
      title: words(from, 'title'),
      state: among(STATES, text(from, 'state')) ?? 'machine',
      blocks: list(from, 'blocks').flatMap(block),
      ...present({ note: text(from, 'note') }),
      ...(flag(from, 'isNarrow') ? { isNarrow: true as const } : {}),
    },
  ]
}

export const paper = (from: unknown): Paper => ({
  kind: among(KINDS, text(from, 'kind')) ?? 'daily',
  language: words(from, 'language') === 'en' ? 'en' : 'ko',
  title: words(from, 'title'),
  asOf: words(from, 'asOf'),
  span: words(from, 'span'),
  room: words(from, 'room'),
  fromMs: number(from, 'fromMs') ?? 0,
  toMs: number(from, 'toMs') ?? 0,
  boxes: list(from, 'boxes').map(one => ({
    title: words(one, 'title'),
    ...present({ name: text(one, 'name'), at: text(one, 'at'), mark: text(one, 'mark') }),
  })),
  sections: list(from, 'sections').flatMap(section),
  grounds: Object.fromEntries(
    Object.entries(Object(field(from, 'grounds'))).flatMap(([kind, n]) => (typeof n === 'number' ? [[kind, n]] : [])),
  ),
  foot: texts(from, 'foot'),
  ...present({ number: text(from, 'number'), standing: text(from, 'standing'), warning: text(from, 'warning') }),
})

const author = (from: unknown): Author => ({ id: words(from, 'id'), name: words(from, 'name') })
const sectionOf = (from: unknown): SectionId => {
  const word = words(from, 'section')
  return isSection(word) ? word : 'summary'
}
const mark = (from: unknown): Mark => ({
  edit: words(from, 'edit'),
  n: number(from, 'n') ?? 0,
  deed: among(DEEDS, text(from, 'deed')) ?? 'text',
  section: sectionOf(from),
  target: words(from, 'target'),
  by: author(field(from, 'by')),
  atMs: time(from, 'at') ?? 0,
  reason: words(from, 'reason'),
  isGone: flag(from, 'isGone'),
  ...present({ before: text(from, 'before'), after: text(from, 'after'), machineNow: text(from, 'machineNow') }),
})
const check = (from: unknown): readonly Check[] => {
  const id = among(CHECKS, text(from, 'id'))
  return id
    ? [
        {
          id,
          isGood: flag(from, 'isGood'),
          blocks: flag(from, 'blocks'),
          done: number(from, 'done') ?? 0,
          all: number(from, 'all') ?? 0,
          where: texts(from, 'where'),
        },
      ]
    : []
}
const box = (from: unknown): BoxView => {
  const by = field(from, 'by')
  return {
    title: words(from, 'title'),
    post: words(from, 'post'),
    isSkipped: flag(from, 'isSkipped'),
    isSame: field(from, 'isSame') !== false,
    ...(by === undefined ? {} : { by: author(by) }),
    ...present({ atMs: time(from, 'at'), mark: among(['stand-in', 'final'] as const, text(from, 'mark')) }),
  }
}
const comment = (from: unknown): CommentView => {
  const settled = field(from, 'settled')
  return {
    id: words(from, 'id'),
    target: words(from, 'target'),
    text: words(from, 'text'),
    by: author(field(from, 'by')),
    atMs: time(from, 'at') ?? 0,
    ...(settled === undefined
      ? {}
      : { settled: { by: author(field(settled, 'by')), atMs: time(settled, 'at') ?? 0, text: words(settled, 'text') } }),
  }
}
const mail = (from: unknown): MailView => ({
  to: words(from, 'to'),
  state: among(MAIL_STATES, text(from, 'state')) ?? 'waiting',
  why: words(from, 'why'),
  atMs: time(from, 'at') ?? 0,
})

export function report(from: unknown): ReportView {
  const [returned, seal, you] = [field(from, 'returned'), field(from, 'seal'), field(from, 'you')]
  return {
    id: words(from, 'id'),
    state: among(REPORT_STATES, text(from, 'state')) ?? 'writing',
    revision: number(from, 'revision') ?? 0,
    isFrozen: flag(from, 'isFrozen'),
    paper: paper(field(from, 'paper')),
    fingerprint: words(from, 'fingerprint'),
    marks: list(from, 'marks').map(mark),
    undone: number(from, 'undone') ?? 0,
    checks: list(from, 'checks').flatMap(check),
    missing: texts(from, 'missing'),
    nextBox: number(from, 'nextBox') ?? -1,
    boxes: list(from, 'boxes').map(box),
    you: {
      sign: flag(you, 'sign'),
      standIn: flag(you, 'standIn'),
      final: flag(you, 'final'),
      return: flag(you, 'return'),
      early: flag(you, 'early'),
    },
    comments: list(from, 'comments').map(comment),
    versions: list(from, 'versions').map(one => ({ n: number(one, 'n') ?? 0, atMs: time(one, 'at') ?? 0, by: words(one, 'by') })),
    corrections: list(from, 'corrections').map(one => ({
      id: words(one, 'id'),
      text: words(one, 'text'),
      by: author(field(one, 'by')),
      atMs: time(one, 'at') ?? 0,
    })),
    ...(returned === undefined
      ? {}
      : { returned: { by: author(field(returned, 'by')), atMs: time(returned, 'at') ?? 0, text: words(returned, 'text') } }),
    ...(seal === undefined
      ? {}
      : {
          seal: {
            atMs: time(seal, 'at') ?? 0,
            key: words(seal, 'key'),
            signature: words(seal, 'signature'),
            sha256: Object.fromEntries(
              Object.entries(Object(field(seal, 'sha256'))).flatMap(([name, hash]) => (typeof hash === 'string' ? [[name, hash]] : [])),
            ),
          },
        }),
    mail: list(from, 'mail').map(mail),
  }
}

export const head = (from: unknown): HeadView => ({
  id: words(from, 'id'),
  kind: among(KINDS, text(from, 'kind')) ?? 'daily',
  day: words(from, 'day'),
  asOfMs: time(from, 'asOf') ?? 0,
  number: words(from, 'number'),
  state: among(REPORT_STATES, text(from, 'state')) ?? 'writing',
  revision: number(from, 'revision') ?? 0,
  version: number(from, 'version') ?? 1,
  signed: number(from, 'signed') ?? 0,
  boxes: number(from, 'boxes') ?? 0,
  signers: texts(from, 'signers'),
  ...present({ next: text(from, 'next') }),
})

const source = (from: unknown): SourceView => ({
  kind: words(from, 'kind'),
  id: words(from, 'id'),
  ...present({
    label: two(field(from, 'label')),
    note: two(field(from, 'note')),
    atMs: time(from, 'at'),
    level: number(from, 'level'),
  }),
})
export function why(from: unknown): WhyView {
  const recount = field(from, 'recount')
  return {
    target: words(from, 'target'),
    text: words(from, 'text'),
    total: number(from, 'total') ?? 0,
    sources: list(from, 'sources').map(source),
    ...present({ query: two(field(from, 'query')) }),
    ...(recount === undefined ? {} : { recount: { text: words(recount, 'text'), isSame: flag(recount, 'isSame') } }),
  }
}

export const lines = (from: unknown, day: string): LinesView => ({
  day,
  lines: list(from, 'lines').map(one => ({
    id: words(one, 'id'),
    organisation: words(one, 'organisation'),
    text: words(one, 'text'),
    isNothing: flag(one, 'isNothing'),
    by: words(one, 'by'),
    atMs: time(one, 'at') ?? 0,
  })),
  missing: texts(from, 'missing'),
  closeMinute: number(from, 'closeMinute') ?? 0,
})

export function rules(from: unknown): Rules {
  const timetable = field(from, 'timetable')
  const minute = (name: string): number => number(timetable, name) ?? 0
  return {
    finalFrom: number(from, 'finalFrom') ?? 1,
    timetable: { remind: minute('remind'), close: minute('close'), draft: minute('draft'), send: minute('send') },
    mailTo: texts(from, 'mailTo'),
    mailUnapprovedTo: texts(from, 'mailUnapprovedTo'),
    ...present({ since: text(from, 'since') }),
  }
}
