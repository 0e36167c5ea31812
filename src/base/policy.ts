// Who may do what, as data that an auditor can read: a deed, and for each post how far it reaches. Each room writes its own deeds down in its policy.ts, beside
// the things it guards; access/ decides. What no policy names is nobody's.

/** Posts a person (or a machine, or a wall screen) holds in an organisation. Words of design/glossary.csv; issue of the rights. */
export const POSTS = [
  'watch-officer',
  'watch-leader',
  'field-officer',
  'risk-analyst',
  'investigator',
  'report-editor',
  'director',
  'statistician',
  'administrator',
  'integrator',
  'screen',
  'auditor',
] as const
export type Post = (typeof POSTS)[number]

/**
 * How far a post reaches with a deed. `all`: its organisation and every one below it (at head office: the whole country). `own`: its organisation alone.
 * `two`: as `all`, but a second officer who may do the same must agree before it is done.
 */
export type Reach = 'all' | 'own' | 'two'

export interface Policy {
  /** Room and deed: `alarms.acknowledge`. Routes and live topics name it. */
  readonly deed: string
  readonly ko: string
  readonly en: string
  /** Posts that are not named may not. */
  readonly reach: Readonly<Partial<Record<Post, Reach>>>
  /** Shows data of persons: not at a locked desk, not to a key that may only read. */
  readonly isPersonal?: true
  /** Who does it proves anew who they are, when that was not a moment ago. */
  readonly confirm?: true
}

export interface Appointment {
  readonly post: Post
  readonly organisation: string
}

/** Who acts: a person signed in, a machine with a key, a wall screen. Appointments are those in force now. */
export interface Caller {
  readonly id: string
  readonly name: string
  readonly kind: 'person' | 'machine' | 'screen'
  readonly appointments: readonly Appointment[]
  /** Id of the session or key it came with: written beside its deeds. */
  readonly session?: string
  /** Id of the officer who agreed to this deed, where it took two. */
  readonly second?: string
  /** Of what the posts allow only these deeds: a key's rights. */
  readonly limit?: ReadonlySet<string>
}

/** What a deed is about, for a second officer to judge: an alarm, an area, a span of time. */
export interface Thing {
  readonly id: string
  /** Whose it is; none: head office's. */
  readonly organisations?: readonly string[]
  /** Who cannot be asked: it is their own way in that is lost. */
  readonly cannotAgree?: string
  /** What is to be done, in a sentence: ‘부산 감천 24일 02시–04시 증거 내보내기’. */
  readonly ko: string
  readonly en: string
}

/** What a caller may do with one deed, worked out from appointments and policy. */
export interface Grant {
  /** Whose things: every organisation, or these ids. */
  readonly organisations: 'all' | ReadonlySet<string>
  /** True when a second officer must agree for a thing of these organisations; without them: when nowhere the caller may act alone. */
  needsSecond(organisations?: readonly string[]): boolean
  /** True when a thing of these organisations is within reach. A thing of no organisation is head office's: within reach only of `all`. */
  covers(organisations: readonly string[]): boolean
}

export type Decision =
  | { readonly outcome: 'granted'; readonly caller: Caller; readonly grant: Grant }
  /** Nobody known calls: sign in. */
  | { readonly outcome: 'unknown' }
  /** Known, but not theirs. */
  | { readonly outcome: 'refused'; readonly caller: Caller }
  /** Not in this way, or not just now. */
  | { readonly outcome: 'hindered'; readonly by: Hindrance; readonly caller: Caller }

/**
 * What stands between a right and its use. `foreign`: a cookie with a request that does not come from our own page. `locked`: the desk is locked. `confirm`: prove
 * anew who you are. `reading`: a key that only reads.
 */
export type Hindrance = 'foreign' | 'locked' | 'confirm' | 'reading'

/** The grant of who may everything: what is open to all, and tests. */
export const EVERYTHING: Grant = { organisations: 'all', needsSecond: () => false, covers: () => true }

/** Every post named, with the same reach: what all who are signed in may. */
export const everyPost = (reach: Reach, but: readonly Post[] = []): Readonly<Partial<Record<Post, Reach>>> =>
  Object.fromEntries(POSTS.filter(post => !but.includes(post)).map(post => [post, reach]))
