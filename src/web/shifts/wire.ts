// The server's JSON of duty log, hand-overs and rosters read into this screen's shapes, at the edge and once.
import { LEAVE_KINDS, REQUEST_STATES } from '#access/duty/schema.ts'
import { HAND_OVER_PARTS, HAND_OVER_STATES, LOG_KINDS, LOG_LINK_KINDS } from '#shifts/schema.ts'
import { field, list, number, present, text, time } from '../live/wire.ts'
import type {
  DutyView,
  Holiday,
  ItemView,
  LeaveView,
  LineView,
  LogLink,
  OfficeView,
  OnDuty,
  PhoneEntry,
  Roster,
  SheetHead,
  SheetView,
  Signature,
  SiteSheet,
  Standing,
  SwapView,
  Watch,
  WatchTime,
} from './model.ts'

const among = <Word extends string>(words: readonly Word[], value: string | undefined): Word | undefined =>
  words.find(word => word === value)
const flag = (from: unknown, name: string): boolean => field(from, name) === true
const two = (from: unknown) => ({ ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })
const maybeTwo = (from: unknown) => (from === undefined || from === null ? undefined : two(from))
const texts = (from: unknown, name: string): readonly string[] => list(from, name).flatMap(one => (typeof one === 'string' ? [one] : []))
const named = (from: unknown) => ({ id: text(from, 'id') ?? '', ...two(from) })

export const logLink = (from: unknown): LogLink => ({
  kind: among(LOG_LINK_KINDS, text(from, 'kind')) ?? 'post',
  id: text(from, 'id') ?? '',
  label: text(from, 'label') ?? '',
})
export const line = (from: unknown): LineView => ({
  id: text(from, 'id') ?? '',
  organisations: texts(from, 'organisations'),
  atMs: time(from, 'at') ?? 0,
  takenAtMs: time(from, 'takenAt') ?? 0,
  isByHand: flag(from, 'isByHand'),
  kind: among(LOG_KINDS, text(from, 'kind')) ?? 'note',
  text: text(from, 'text') ?? '',
  by: {
    id: text(field(from, 'by'), 'id') ?? '',
    name: text(field(from, 'by'), 'name') ?? '',
    organisation: text(field(from, 'by'), 'organisation') ?? '',
  },
  links: list(from, 'links').map(logLink),
  ...(list(from, 'edits').length > 0 ? { isEdited: true } : {}),
  ...present({
    en: text(from, 'en'),
    seat: maybeTwo(field(from, 'seat')),
    corrects: text(from, 'corrects'),
    correctedBy: text(from, 'correctedBy'),
    dueMs: time(from, 'due'),
    level: number(from, 'level'),
  }),
})

const signature = (from: unknown): Signature | undefined =>
  from === undefined || from === null
    ? undefined
    : {
        person: text(from, 'person') ?? '',
        name: text(from, 'name') ?? '',
        atMs: number(from, 'atMs') ?? 0,
        isOnRoster: flag(from, 'isOnRoster'),
        hash: text(from, 'hash') ?? '',
        ...present({ seat: maybeTwo(field(from, 'seat')) }),
      }
const side = (from: unknown) => ({
  crew: named(field(from, 'crew')),
  watch: two(field(from, 'watch')),
  fromMs: number(from, 'fromMs') ?? 0,
  toMs: number(from, 'toMs') ?? 0,
})
const sheetBase = (from: unknown) => ({
  id: text(from, 'id') ?? '',
  organisation: text(from, 'organisation') ?? '',
  state: among(HAND_OVER_STATES, text(from, 'state')) ?? 'open',
  from: side(field(from, 'from')),
  to: side(field(from, 'to')),
  left: number(from, 'left') ?? 0,
  revision: number(from, 'revision') ?? 0,
  ...present({ outgoing: signature(field(from, 'outgoing')), incoming: signature(field(from, 'incoming')) }),
})
export const sheetHead = (from: unknown): SheetHead => ({ ...sheetBase(from), items: number(from, 'items') ?? 0 })
export const sites = (from: unknown): readonly SiteSheet[] =>
  list(from).map(one => {
    const sheet = field(one, 'sheet')
    return { organisation: text(one, 'organisation') ?? '', ...(sheet ? { sheet: sheetHead(sheet) } : {}) }
  })
const item = (from: unknown): ItemView => {
  const seen = text(from, 'seen') ?? ''
  const link = field(from, 'link')
  return {
    id: text(from, 'id') ?? '',
    part: among(HAND_OVER_PARTS, text(from, 'part')) ?? 'watched',
    ...two(from),
    state: two(field(from, 'state')),
    isNew: flag(from, 'isNew'),
    isTicked: text(field(from, 'tick'), 'seen') === seen,
    isSettled: flag(from, 'isSettled'),
    seen,
    ...(link ? { link: logLink(link) } : {}),
    ...present({
      level: number(from, 'level'),
      untilMs: number(from, 'untilMs'),
      note: text(from, 'note'),
      remark: text(from, 'remark'),
      goneAtMs: number(from, 'goneAtMs'),
    }),
  }
}
export const sheet = (from: unknown): SheetView => ({
  ...sheetBase(from),
  items: list(from, 'items').map(item),
  unlinked: HAND_OVER_PARTS.filter(part => texts(from, 'unlinked').includes(part)),
})

const watch = (from: unknown): Watch => ({
  ...named(from),
  short: text(from, 'short') ?? '',
  shortEn: text(from, 'shortEn') ?? '',
  fromMinute: number(from, 'fromMinute') ?? 0,
  toMinute: number(from, 'toMinute') ?? 0,
})
const watchTime = (from: unknown): WatchTime => ({
  id: text(from, 'id') ?? '',
  organisation: text(from, 'organisation') ?? '',
  roster: text(from, 'roster') ?? '',
  day: text(from, 'day') ?? '',
  watch: watch(field(from, 'watch')),
  crew: named(field(from, 'crew')),
  fromMs: number(from, 'fromMs') ?? 0,
  toMs: number(from, 'toMs') ?? 0,
})
const standing = (from: unknown): Standing => ({
  seat: named(field(from, 'seat')),
  ...present({
    person: text(from, 'person'),
    name: text(from, 'name'),
    insteadOf: text(from, 'insteadOf'),
    insteadOfName: text(from, 'insteadOfName'),
    why: among(['swap', ...LEAVE_KINDS], text(from, 'why')),
  }),
})
const onDuty = (from: unknown): OnDuty | undefined =>
  from === undefined ? undefined : { watch: watchTime(field(from, 'watch')), people: list(from, 'people').map(standing) }
export const roster = (from: unknown): Roster => ({
  id: text(from, 'id') ?? '',
  organisation: text(from, 'organisation') ?? '',
  ...two(from),
  watches: list(from, 'watches').map(watch),
  cycle: text(from, 'cycle') ?? '',
  firstDay: text(from, 'firstDay') ?? '',
  fromDay: text(from, 'fromDay') ?? '',
  crews: list(from, 'crews').map(crew => ({
    ...named(crew),
    offset: number(crew, 'offset') ?? 0,
    seats: list(crew, 'seats').map(seat => ({ ...named(seat), ...present({ person: text(seat, 'person') }) })),
  })),
  ...(flag(from, 'isWorkdaysOnly') ? { isWorkdaysOnly: true } : {}),
})
const slot = (from: unknown) => ({
  day: text(from, 'day') ?? '',
  watch: text(from, 'watch') ?? '',
  crew: text(from, 'crew') ?? '',
  seat: text(from, 'seat') ?? '',
  person: text(from, 'person') ?? '',
  ...present({ name: text(from, 'name') }),
})
const request = (from: unknown) => ({
  id: text(from, 'id') ?? '',
  organisation: text(from, 'organisation') ?? '',
  reason: text(from, 'reason') ?? '',
  askedAtMs: number(from, 'askedAtMs') ?? 0,
  ...present({ note: text(from, 'note') }),
})
const swap = (from: unknown): SwapView => ({
  ...request(from),
  from: slot(field(from, 'from')),
  to: slot(field(from, 'to')),
  state: among(REQUEST_STATES, text(from, 'state')) ?? 'asked',
})
const LEAVE_STATES = ['asked', 'approved', 'refused', 'withdrawn'] as const
const leave = (from: unknown): LeaveView => ({
  ...request(from),
  person: text(from, 'person') ?? '',
  kind: among(LEAVE_KINDS, text(from, 'kind')) ?? 'annual',
  fromDay: text(from, 'fromDay') ?? '',
  toDay: text(from, 'toDay') ?? '',
  state: among(LEAVE_STATES, text(from, 'state')) ?? 'asked',
  ...present({ name: text(from, 'name'), standIn: text(from, 'standIn'), standInName: text(from, 'standInName') }),
})
const holiday = (from: unknown): Holiday | undefined => (from === undefined ? undefined : { day: text(from, 'day') ?? '', ...two(from) })
export const duty = (from: unknown): DutyView => {
  const plan = field(from, 'roster')
  return {
    organisation: text(from, 'organisation') ?? '',
    days: list(from, 'days').map(one => ({
      day: text(one, 'day') ?? '',
      letters: new Map(list(one, 'letters').map(letter => [text(letter, 'crew') ?? '', text(letter, 'letter') ?? ''])),
      ...present({ holiday: holiday(field(one, 'holiday')) }),
    })),
    swaps: list(from, 'swaps').map(swap),
    leaves: list(from, 'leaves').map(leave),
    ...(plan ? { roster: roster(plan) } : {}),
    ...present({ now: onDuty(field(from, 'now')), next: onDuty(field(from, 'next')) }),
  }
}
export const phones = (from: unknown): readonly PhoneEntry[] =>
  list(from).map(one => {
    const confirmed = field(one, 'confirmed')
    return {
      id: text(one, 'id') ?? '',
      organisation: text(one, 'organisation') ?? '',
      ...two(one),
      number: text(one, 'number') ?? '',
      ...(confirmed
        ? { confirmed: { by: text(confirmed, 'by') ?? '', name: text(confirmed, 'name') ?? '', atMs: number(confirmed, 'atMs') ?? 0 } }
        : {}),
      ...(flag(one, 'isOfOrganisation') ? { isOfOrganisation: true as const } : {}),
    }
  })
export const offices = (from: unknown): readonly OfficeView[] =>
  list(from)
    .filter(one => text(one, 'closedAt') === undefined)
    .map(one => ({
      ...named(one),
      kind: text(one, 'kind') ?? '',
      shortKo: text(one, 'shortKo') ?? '',
      shortEn: text(one, 'shortEn') ?? '',
    }))
export const people = (from: unknown): readonly { readonly id: string; readonly name: string; readonly organisation: string }[] =>
  list(from).map(one => ({ id: text(one, 'id') ?? '', name: text(one, 'name') ?? '', organisation: text(one, 'organisation') ?? '' }))
