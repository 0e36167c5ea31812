// The server's JSON of incidents read into this screen's shapes, at the edge and once. What is missing has a plain default, so that one odd incident never empties the list.
import {
  GOODS_TYPES,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  LINK_KINDS,
  MENTION_KINDS,
  ORDER_STATES,
  OUTCOMES,
  PERSON_ROLES,
  URGENCIES,
} from '#incidents/schema.ts'
import { field, list, number, present, text, time } from '../live/wire.ts'
import type {
  Author,
  CallView,
  Counts,
  Draft,
  DraftFile,
  FileView,
  FoundLink,
  FoundName,
  Full,
  Goods,
  Head,
  IncidentPlace,
  Office,
  OrderView,
  PersonFull,
  PersonShort,
  ReadOut,
  Receipt,
  Short,
  StepView,
} from './model.ts'

const among = <Word extends string>(words: readonly Word[], value: string | undefined): Word | undefined =>
  words.find(word => word === value)
const flag = (from: unknown, name: string): boolean => field(from, name) === true
const texts = (from: unknown, name: string): readonly string[] => list(from, name).filter(one => typeof one === 'string')
const count = (from: unknown, name: string): number => number(from, name) ?? 0

export function place(from: unknown): IncidentPlace | undefined {
  if (from === undefined || from === null) return undefined
  return {
    label: text(from, 'label') ?? '',
    ...present({
      lat: number(from, 'lat'),
      lon: number(from, 'lon'),
      port: text(from, 'port'),
      berth: text(from, 'berth'),
      office: text(from, 'office'),
    }),
  }
}
export const link = (from: unknown): FoundLink => ({
  kind: among(LINK_KINDS, text(from, 'kind')) ?? 'other',
  id: text(from, 'id') ?? '',
  label: text(from, 'label') ?? text(from, 'id') ?? '',
  ...present({ note: text(from, 'note') }),
})
export const mention = (from: unknown): FoundName => ({
  kind: among(MENTION_KINDS, text(from, 'kind')) ?? 'person',
  id: text(from, 'id') ?? '',
  label: text(from, 'label') ?? '',
  ...present({ note: text(from, 'note') }),
})
export const goods = (from: unknown): Goods => ({
  type: among(GOODS_TYPES, text(from, 'type')) ?? 'other',
  name: text(from, 'name') ?? '',
  ...present({ quantity: number(from, 'quantity'), unit: text(from, 'unit'), valueWon: number(from, 'valueWon') }),
})
const author = (from: unknown): Author => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  organisation: text(from, 'organisation') ?? '',
})

export const head = (from: unknown): Head => ({
  id: text(from, 'id') ?? '',
  number: text(from, 'number') ?? '',
  organisation: text(from, 'organisation') ?? '',
  organisations: texts(from, 'organisations'),
  kind: among(INCIDENT_KINDS, text(from, 'kind')) ?? 'other',
  urgency: URGENCIES.find(one => one === number(from, 'urgency')) ?? 3,
  state: among(INCIDENT_STATES, text(from, 'state')) ?? 'reported',
  title: text(from, 'title') ?? '',
  occurredAtMs: time(from, 'occurredAt') ?? 0,
  reportedAtMs: time(from, 'reportedAt') ?? 0,
  changedAtMs: time(from, 'changedAt') ?? 0,
  reportedBy: text(from, 'reportedBy') ?? '',
  answers: count(from, 'answers'),
  attachmentCount: count(from, 'attachmentCount'),
  openOrders: count(from, 'openOrders'),
  isInDailyReport: flag(from, 'isInDailyReport'),
  steps: count(from, 'steps'),
  readSteps: count(from, 'readSteps'),
  ...present({ place: place(field(from, 'place')), mergedInto: text(from, 'mergedInto') }),
})

export function step(from: unknown): StepView {
  const [before, after] = [field(from, 'before'), field(from, 'after')]
  const isCorrection = text(from, 'deed') === 'correct'
  const told = text(from, 'ko') === undefined ? undefined : { ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' }
  return {
    id: text(from, 'id') ?? '',
    n: count(from, 'n'),
    atMs: time(from, 'at') ?? 0,
    by: author(field(from, 'by')),
    deed: text(from, 'deed') ?? '',
    text: text(from, 'text') ?? text(from, 'note') ?? '',
    attachments: texts(from, 'attachments'),
    organisations: texts(from, 'organisations'),
    mentions: list(from, 'mentions').map(mention),
    links: list(from, 'links').map(link),
    reason: text(from, 'reason') ?? '',
    changes: isCorrection
      ? Object.keys(Object(after)).map(name => ({ field: name, before: field(before, name), after: field(after, name) }))
      : [],
    ...present({
      writtenAtMs: time(from, 'writtenAt'),
      order: text(from, 'order'),
      from: text(from, 'from'),
      to: text(from, 'to'),
      outcome: text(from, 'outcome'),
      other: text(from, 'other'),
      link: field(from, 'link') === undefined ? undefined : link(field(from, 'link')),
      isIn: text(from, 'deed') === 'daily-report' ? flag(from, 'isIn') : undefined,
      told,
    }),
  }
}

export function order(from: unknown): OrderView {
  const to = field(from, 'to')
  return {
    id: text(from, 'id') ?? '',
    incident: text(from, 'incident') ?? '',
    n: count(from, 'n'),
    text: text(from, 'text') ?? '',
    to: { organisation: text(to, 'organisation') ?? '', ...present({ post: text(to, 'post') }) },
    by: author(field(from, 'by')),
    givenAtMs: time(from, 'givenAt') ?? 0,
    dueMs: time(from, 'due') ?? 0,
    state: among(ORDER_STATES, text(from, 'state')) ?? 'open',
    mine: flag(from, 'mine'),
    ...present({
      acknowledgedBy: text(field(from, 'acknowledgedBy'), 'name'),
      acknowledgedAtMs: time(from, 'acknowledgedAt'),
      doneBy: text(field(from, 'doneBy'), 'name'),
      doneAtMs: time(from, 'doneAt'),
      report: text(from, 'report'),
      about: field(from, 'about') === undefined ? undefined : head(field(from, 'about')),
    }),
  }
}

const FILE_KINDS = ['photo', 'video', 'pdf'] as const
export const file = (from: unknown): FileView => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  kind: among(FILE_KINDS, text(from, 'kind')) ?? 'pdf',
  type: text(from, 'type') ?? '',
  bytes: count(from, 'bytes'),
  sha256: text(from, 'sha256') ?? '',
  atMs: time(from, 'at') ?? 0,
  hasThumbnail: flag(from, 'hasThumbnail'),
  by: author(field(from, 'by')),
  ...present({ takenAtMs: time(from, 'takenAt') }),
})
const short = (from: unknown): Short => ({
  id: text(from, 'id') ?? '',
  number: text(from, 'number') ?? '',
  organisation: text(from, 'organisation') ?? '',
  title: text(from, 'title') ?? '',
  state: among(INCIDENT_STATES, text(from, 'state')) ?? 'reported',
})
export const receipt = (from: unknown): Receipt => ({
  person: text(from, 'person') ?? '',
  name: text(from, 'name') ?? '',
  organisation: text(from, 'organisation') ?? '',
  posts: texts(from, 'posts'),
  steps: count(from, 'steps'),
  ...present({ atMs: time(from, 'at'), calledAtMs: time(from, 'calledAt') }),
})
export const call = (from: unknown): CallView => ({
  why: text(from, 'why') === 'mention' ? 'mention' : 'reminder',
  n: count(from, 'n'),
  by: text(from, 'by') ?? '',
  atMs: time(from, 'at') ?? 0,
  text: text(from, 'text') ?? '',
  about: head(field(from, 'about')),
})
const personShort = (from: unknown): PersonShort => ({
  id: text(from, 'id') ?? '',
  role: among(PERSON_ROLES, text(from, 'role')) ?? 'other',
  masked: text(from, 'masked') ?? '',
  ...(flag(from, 'isErased') ? { isErased: true as const } : {}),
})
export const person = (from: unknown): PersonFull => ({
  id: text(from, 'id') ?? '',
  role: among(PERSON_ROLES, text(from, 'role')) ?? 'other',
  name: text(from, 'name') ?? '',
  ...present({
    birth: text(from, 'birth'),
    nationality: text(from, 'nationality'),
    document: text(from, 'document'),
    phone: text(from, 'phone'),
    note: text(from, 'note'),
  }),
})

export const full = (from: unknown): Full => ({
  ...head(from),
  text: text(from, 'text') ?? '',
  goods: list(from, 'goods').map(goods),
  people: list(from, 'people').map(personShort),
  links: list(from, 'links').map(link),
  files: list(from, 'attachments').map(file),
  thread: list(from, 'thread').map(step),
  orders: list(from, 'orders').map(order),
  related: list(from, 'related').map(short),
  mergedFrom: list(from, 'mergedFrom').map(short),
  reporter: author(field(from, 'reporter')),
  ...present({
    merged: field(from, 'merged') === undefined ? undefined : short(field(from, 'merged')),
    dailyReportText: text(field(from, 'dailyReport'), 'text'),
    outcome: among(OUTCOMES, text(from, 'outcome')),
    closedAtMs: time(from, 'closedAt'),
  }),
})

export const counts = (from: unknown): Counts => ({
  reported: count(from, 'reported'),
  confirmed: count(from, 'confirmed'),
  inHand: count(from, 'inHand'),
  closed: count(from, 'closed'),
  since: count(from, 'since'),
})
export const office = (from: unknown): Office => ({
  id: text(from, 'id') ?? '',
  ko: text(from, 'ko') ?? '',
  en: text(from, 'en') ?? '',
  shortKo: text(from, 'shortKo') ?? '',
  shortEn: text(from, 'shortEn') ?? '',
  kind: text(from, 'kind') ?? '',
})
export const readOut = (from: unknown): ReadOut => ({
  goods: list(from, 'goods').map(goods),
  links: list(from, 'links').map(link),
  ...present({
    kind: among(INCIDENT_KINDS, text(from, 'kind')),
    place: place(field(from, 'place')),
    people: number(from, 'people'),
    vessels: number(from, 'vessels'),
  }),
})

const draftFile = (from: unknown): DraftFile => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  kind: among(FILE_KINDS, text(from, 'kind')) ?? 'photo',
  bytes: count(from, 'bytes'),
  ...present({ thumbnail: text(from, 'thumbnail') }),
})
export const draft = (from: unknown): Draft => ({
  id: text(from, 'id') ?? '',
  text: text(from, 'text') ?? '',
  urgency: URGENCIES.find(one => one === number(from, 'urgency')) ?? 3,
  links: list(from, 'links').map(link),
  goods: list(from, 'goods').map(goods),
  people: list(from, 'people').map(person),
  files: list(from, 'files').map(draftFile),
  isInDailyReport: flag(from, 'isInDailyReport'),
  savedAtMs: count(from, 'savedAtMs'),
  ...present({
    kind: among(INCIDENT_KINDS, text(from, 'kind')),
    place: place(field(from, 'place')),
    occurredAtMs: number(from, 'occurredAtMs'),
    organisation: text(from, 'organisation'),
    by: text(from, 'by'),
  }),
})

/** Incident a kept send is about. */
export const aboutOf = (send: unknown): string => text(send, 'about') ?? ''

export const heads = (from: unknown): { readonly heads: readonly Head[]; readonly isLast: boolean } => ({
  heads: list(from, 'incidents').map(head),
  isLast: flag(from, 'isLast'),
})
/** Of a message of the live line. */
export const headOf = (message: unknown): Head => head(field(message, 'incident'))
