// Who is told what, as the screen holds it, read from the server's JSON once at the edge.
import { type AlarmTelling, MESSAGE_KINDS, MESSAGE_STATES, type MessageKind, type MessageState, WAYS, type Way } from '#alerts/schema.ts'
import type { Bilingual } from '../alerts/model.ts'
import { field, flag, list, number, present, text, time } from '../live/wire.ts'

const words = (from: unknown): Bilingual => ({ ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })
const maybeWords = (from: unknown): Bilingual | undefined => (from === undefined ? undefined : words(from))

export interface Message {
  readonly id: string
  readonly alarm?: string
  readonly kind: MessageKind
  readonly name: string
  readonly address: string
  readonly channel: string
  readonly state: MessageState
  readonly isResent: boolean
  readonly isFailedOver: boolean
  readonly attempts: number
  readonly text: string
  readonly parts?: number
  readonly costWon?: number
  readonly createdAtMs: number
  readonly deliveredAtMs?: number
  readonly readAtMs?: number
  readonly answeredAtMs?: number
  readonly reason?: string
}

export const message = (from: unknown): Message => ({
  id: text(from, 'id') ?? '',
  kind: MESSAGE_KINDS.find(kind => kind === text(from, 'kind')) ?? 'alarm',
  name: text(from, 'name') ?? '',
  address: text(from, 'address') ?? '',
  channel: text(from, 'channel') ?? '',
  state: MESSAGE_STATES.find(state => state === text(from, 'state')) ?? 'waiting',
  isResent: flag(from, 'isResent'),
  isFailedOver: flag(from, 'isFailedOver'),
  attempts: number(from, 'attempts') ?? 0,
  text: text(from, 'text') ?? '',
  createdAtMs: time(from, 'createdAt') ?? 0,
  ...present({
    alarm: text(from, 'alarm'),
    parts: number(from, 'parts'),
    costWon: number(from, 'costWon'),
    deliveredAtMs: time(from, 'deliveredAt'),
    readAtMs: time(from, 'readAt'),
    answeredAtMs: time(from, 'answeredAt'),
    reason: text(from, 'reason'),
  }),
})

export interface NoticeLine {
  readonly atMs: number
  readonly what: string
  readonly name?: string
  readonly channel?: string
  readonly message?: string
  readonly note?: Bilingual
}
export interface Notices {
  readonly state: AlarmTelling['state']
  readonly rule?: Bilingual
  readonly nextAtMs?: number
  readonly lines: readonly NoticeLine[]
  readonly messages: readonly Message[]
  readonly costWon: number
}

const STATES: readonly AlarmTelling['state'][] = ['none', 'running', 'answered', 'stopped', 'exhausted']
export const notices = (from: unknown): Notices => ({
  state: STATES.find(state => state === text(from, 'state')) ?? 'none',
  costWon: number(from, 'costWon') ?? 0,
  messages: list(from, 'messages').map(message),
  lines: list(from, 'timeline').map(line => ({
    atMs: time(line, 'at') ?? 0,
    what: text(line, 'what') ?? '',
    ...present({
      name: text(line, 'name'),
      channel: text(line, 'channel'),
      message: text(line, 'message'),
      note: maybeWords(field(line, 'note')),
    }),
  })),
  ...present({ rule: maybeWords(field(from, 'rule')), nextAtMs: time(from, 'nextAt') }),
})

export interface ChannelLine {
  readonly name: string
  readonly kind: string
  readonly way?: Way
  readonly trouble?: string
  readonly troubleSinceMs?: number
  readonly accepted: number
  readonly refused: number
  readonly inDoubt: number
  readonly waiting: number
}
const way = (from: unknown): Way | undefined => WAYS.find(one => one === text(from, 'way'))
export const channel = (from: unknown): ChannelLine => ({
  name: text(from, 'name') ?? '',
  kind: text(from, 'kind') ?? '',
  accepted: number(from, 'accepted') ?? 0,
  refused: number(from, 'refused') ?? 0,
  inDoubt: number(from, 'inDoubt') ?? 0,
  waiting: number(from, 'waiting') ?? 0,
  ...present({ way: way(from), trouble: text(from, 'trouble'), troubleSinceMs: time(from, 'troubleSince') }),
})

export interface OwnAddress {
  readonly way: Way
  readonly address: string
  readonly isConfirmed: boolean
}
export const ownAddress = (from: unknown): OwnAddress => ({
  way: way(from) ?? 'sms',
  address: text(from, 'address') ?? '',
  isConfirmed: flag(from, 'isConfirmed'),
})

export interface Revision {
  readonly revision: number
  readonly atMs: number
  readonly name: string
  readonly changed: readonly string[]
}
export const revision = (from: unknown): Revision => ({
  revision: number(from, 'revision') ?? 0,
  atMs: time(from, 'at') ?? 0,
  name: text(from, 'name') ?? '',
  changed: list(from, 'changed').map(String),
})

export interface Trial {
  readonly rule?: Bilingual
  readonly chain?: Bilingual
  readonly atMs: number
  readonly heldS: number
  readonly steps: readonly {
    readonly afterS: number
    readonly isElse: boolean
    readonly told: readonly {
      readonly name: string
      readonly isOfPlan: boolean
      readonly channel?: string
      readonly address?: string
      readonly text?: string
      readonly parts?: number
      readonly length?: number
      readonly costWon?: number
    }[]
    readonly holes: readonly (Bilingual & { readonly isNumberMissing: boolean })[]
  }[]
}
export const trial = (from: unknown): Trial => ({
  atMs: time(from, 'at') ?? 0,
  heldS: number(from, 'heldS') ?? 0,
  steps: list(from, 'steps').map(step => ({
    afterS: number(step, 'afterS') ?? 0,
    isElse: flag(step, 'isElse'),
    told: list(step, 'told').map(one => ({
      name: text(one, 'name') ?? '',
      isOfPlan: flag(one, 'isOfPlan'),
      ...present({
        channel: text(one, 'channel'),
        address: text(one, 'address'),
        text: text(one, 'text'),
        parts: number(one, 'parts'),
        length: number(one, 'length'),
        costWon: number(one, 'costWon'),
      }),
    })),
    holes: list(step, 'holes').map(one => ({ ...words(one), isNumberMissing: flag(one, 'isNumberMissing') })),
  })),
  ...present({ rule: maybeWords(field(from, 'rule')), chain: maybeWords(field(from, 'chain')) }),
})

export interface Reply {
  readonly id: string
  readonly atMs: number
  readonly channel: string
  readonly from: string
  readonly text: string
  readonly outcome: string
  readonly alarm?: string
  readonly name?: string
}
export const reply = (from: unknown): Reply => ({
  id: text(from, 'id') ?? '',
  atMs: time(from, 'at') ?? 0,
  channel: text(from, 'channel') ?? '',
  from: text(from, 'from') ?? '',
  text: text(from, 'text') ?? '',
  outcome: text(from, 'outcome') ?? '',
  ...present({ alarm: text(from, 'alarm'), name: text(from, 'name') }),
})

export interface PreviewLine {
  readonly afterS: number
  readonly name: string
  readonly address: string
  readonly channel: string
  readonly text: string
  readonly parts: number
  readonly length: number
  readonly encoding?: string
  readonly costWon?: number
}
export const preview = (from: unknown): { readonly messages: readonly PreviewLine[]; readonly nobody: readonly Bilingual[] } => ({
  messages: list(from, 'messages').map(one => ({
    afterS: number(one, 'afterS') ?? 0,
    name: text(one, 'name') ?? '',
    address: text(one, 'address') ?? '',
    channel: text(one, 'channel') ?? '',
    text: text(one, 'text') ?? '',
    parts: number(one, 'parts') ?? 1,
    length: number(one, 'length') ?? 0,
    ...present({ encoding: text(one, 'encoding'), costWon: number(one, 'costWon') }),
  })),
  nobody: list(from, 'nobody').map(words),
})
