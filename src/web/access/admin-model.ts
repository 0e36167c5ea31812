// People, organisations and rights as the screen holds them, read from the server's answers.
import { field, list, number, present, text, time } from '../live/wire.ts'

export type Words = { readonly ko: string; readonly en: string }
export type Reach = 'all' | 'own' | 'two'

export interface OrganisationView extends Words {
  readonly id: string
  readonly kind: string
  readonly parent?: string
  readonly shortKo: string
  readonly shortEn: string
  readonly isExample: boolean
  readonly isClosed: boolean
}

export interface PostView {
  readonly post: string
  readonly organisation: string
  readonly delegatedBy?: string
}

export interface PersonView {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly kind: string
  readonly isActive: boolean
  readonly hasLeft: boolean
  readonly posts: readonly PostView[]
}

export interface HeldView extends PostView {
  readonly id: number
  readonly fromMs: number
  readonly untilMs?: number
}

export interface LoanView {
  readonly id: number
  readonly post: string
  readonly organisation: string
  readonly giver: string
  readonly taker: string
  readonly takerId: string
  readonly reason: string
  readonly fromMs: number
  readonly untilMs: number
}

export interface PersonDetails extends PersonView {
  readonly loginName?: string
  readonly email?: string
  readonly phone?: string
  readonly isErased: boolean
  readonly held: readonly HeldView[]
  readonly loans: readonly LoanView[]
}

export interface DeedView extends Words {
  readonly deed: string
  readonly reach: ReadonlyMap<string, Reach>
}

export interface House {
  readonly organisations: readonly OrganisationView[]
  readonly people: readonly PersonView[]
  readonly posts: readonly (Words & { readonly post: string })[]
  readonly deeds: readonly DeedView[]
}

/** What every post may do alike tells nothing about one of them: it comes last, or not at all. */
export const isForAll = ({ posts }: Pick<House, 'posts'>, deed: DeedView): boolean =>
  new Set(posts.map(({ post: name }) => deed.reach.get(name))).size === 1

export interface RequestView {
  readonly number: number
  readonly deed: string
  /** What is done to, by its id. */
  readonly thing: string
  readonly what: Words
  readonly reason: string
  readonly who: string
  readonly second?: string
  readonly state: string
  readonly askedAtMs: number
  readonly expiresAtMs: number
  readonly note?: string
  readonly isMine: boolean
  readonly mayDecide: boolean
}

export interface TrailLine {
  readonly id: number
  readonly atMs: number
  readonly who: string
  readonly name: string
  readonly deed: string
  readonly thing: string
  readonly note?: string
  readonly second?: string
}

export interface EffectView {
  readonly id: string
  readonly name: string
  readonly deeds: readonly { readonly deed: string; readonly gains: boolean; readonly isSecond: boolean }[]
}

/** The day in KST as date inputs write it: 2026-11-24. */
export const dayKst = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10)

const flag = (from: unknown, name: string): boolean => field(from, name) === true
const words = (from: unknown): Words => ({ ko: text(from, 'ko') ?? '', en: text(from, 'en') ?? '' })

export const organisations = (from: unknown): readonly OrganisationView[] =>
  list(from).map(one => ({
    ...words(one),
    id: text(one, 'id') ?? '',
    kind: text(one, 'kind') ?? '',
    shortKo: text(one, 'shortKo') ?? '',
    shortEn: text(one, 'shortEn') ?? '',
    isExample: flag(one, 'isExample'),
    isClosed: field(one, 'closedAt') !== undefined,
    ...present({ parent: text(one, 'parent') }),
  }))

const post = (from: unknown): PostView => ({
  post: text(from, 'post') ?? '',
  organisation: text(from, 'organisation') ?? '',
  ...present({ delegatedBy: text(from, 'delegatedBy') }),
})
const person = (from: unknown): PersonView => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  organisation: text(from, 'organisation') ?? '',
  kind: text(from, 'kind') ?? 'person',
  isActive: flag(from, 'isActive'),
  hasLeft: field(from, 'endedAt') !== undefined,
  posts: list(from, 'posts').map(post),
})
export const people = (from: unknown): readonly PersonView[] => list(from).map(person)

export const details = (from: unknown): PersonDetails => ({
  ...person(from),
  ...present({ loginName: text(from, 'loginName'), email: text(from, 'email'), phone: text(from, 'phone') }),
  isErased: field(from, 'erasedAt') !== undefined,
  held: list(from, 'held').map(one => ({
    ...post(one),
    id: number(one, 'id') ?? 0,
    fromMs: time(one, 'from') ?? 0,
    ...present({ untilMs: time(one, 'until') }),
  })),
  loans: list(from, 'delegations').map(one => ({
    id: number(one, 'id') ?? 0,
    post: text(one, 'post') ?? '',
    organisation: text(one, 'organisation') ?? '',
    giver: text(field(one, 'giver'), 'name') ?? '',
    taker: text(field(one, 'taker'), 'name') ?? '',
    takerId: text(field(one, 'taker'), 'id') ?? '',
    reason: text(one, 'reason') ?? '',
    fromMs: time(one, 'from') ?? 0,
    untilMs: time(one, 'until') ?? 0,
  })),
})

export const rights = (
  from: unknown,
): { readonly posts: readonly (Words & { readonly post: string })[]; readonly deeds: readonly DeedView[] } => ({
  posts: list(from, 'posts').map(one => ({ ...words(one), post: text(one, 'post') ?? '' })),
  deeds: list(from, 'deeds').map(one => ({
    ...words(one),
    deed: text(one, 'deed') ?? '',
    reach: new Map(
      Object.entries(Object(field(one, 'reach'))).flatMap(([name, reach]) =>
        reach === 'all' || reach === 'own' || reach === 'two' ? [[name, reach] as const] : [],
      ),
    ),
  })),
})

export const request = (one: unknown): RequestView => ({
  number: number(one, 'number') ?? 0,
  deed: text(one, 'deed') ?? '',
  thing: text(one, 'thing') ?? '',
  what: words(field(one, 'what')),
  reason: text(one, 'reason') ?? '',
  who: text(field(one, 'who'), 'name') ?? '',
  state: text(one, 'state') ?? '',
  askedAtMs: time(one, 'askedAt') ?? 0,
  expiresAtMs: time(one, 'expiresAt') ?? 0,
  isMine: flag(one, 'isMine'),
  mayDecide: flag(one, 'mayDecide'),
  ...present({ second: text(field(one, 'second'), 'name'), note: text(one, 'note') }),
})

export const trail = (from: unknown): readonly TrailLine[] =>
  list(from).map(one => ({
    id: number(one, 'id') ?? 0,
    atMs: time(one, 'at') ?? 0,
    who: text(one, 'who') ?? '',
    name: text(one, 'name') ?? text(one, 'who') ?? '',
    deed: text(one, 'deed') ?? '',
    thing: text(one, 'thing') ?? '',
    ...present({ note: text(one, 'note'), second: text(one, 'second') }),
  }))

const reaches = (from: unknown): boolean => from === 'all' || list(from).length > 0
export const effect = (from: unknown): readonly EffectView[] =>
  list(from, 'people').map(one => ({
    id: text(one, 'id') ?? '',
    name: text(one, 'name') ?? '',
    deeds: list(one, 'deeds').map(change => {
      const [before, after] = [field(change, 'before'), field(change, 'after')]
      const extent = (of: unknown): number =>
        [field(of, 'alone'), field(of, 'second')].reduce<number>((sum, part) => sum + (part === 'all' ? 1000 : list(part).length), 0)
      return { deed: text(change, 'deed') ?? '', gains: extent(after) > extent(before), isSecond: !reaches(field(after, 'alone')) }
    }),
  }))
