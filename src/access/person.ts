// People, machines and wall screens that act in the house, the posts they hold and what they hand to one another for a time. Pure: shapes, what may be written,
// what is in force at a moment. Names are kept for good (a record without its author is none); the rest of the personal data is erased by the law's clock.
import { type Appointment, ok, POSTS, type Post, type Result, refused } from '#base/index.ts'
import { withParticle } from '#rules/index.ts'

/** `break-glass`: the sealed account for the night the identity provider is dead; its use is an alarm. */
export const PERSON_KINDS = ['person', 'machine', 'screen', 'break-glass'] as const
export type PersonKind = (typeof PERSON_KINDS)[number]

export interface Person {
  readonly id: string
  /** What they sign in with; absent once erased. */
  readonly loginName?: string
  readonly name: string
  readonly email?: string
  readonly phone?: string
  /** Where they belong (an organisation's id); what they may do follows from their appointments alone. */
  readonly organisation: string
  readonly kind: PersonKind
  /** False: may not sign in (locked by an administrator, or gone). */
  readonly isActive: boolean
  readonly createdAtMs: number
  /** Left the service; their records stay. */
  readonly endedAtMs?: number
  /** Login name, e-mail and telephone were erased. */
  readonly erasedAtMs?: number
}

/** A post held from a time, until a time or until further notice. */
export interface HeldPost extends Appointment {
  readonly id: number
  readonly person: string
  readonly fromMs: number
  readonly untilMs?: number
}

/** One post of one person in another's hands for a time: holidays, illness, a night without a leader. */
export interface Delegation extends Appointment {
  readonly id: number
  /** Who gives. */
  readonly from: string
  /** Who gets. */
  readonly to: string
  readonly fromMs: number
  readonly untilMs: number
  readonly reason: string
}

export interface Refused {
  readonly code: string
  readonly ko: string
  readonly en: string
}

export interface NewPerson {
  readonly loginName: string
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly organisation: string
  readonly kind?: PersonKind
  readonly posts?: readonly NewPost[]
}
export interface NewPost extends Appointment {
  readonly fromMs: number
  readonly untilMs?: number
}

export const isPost = (word: string): word is Post => POSTS.some(post => post === word)
const no = (code: string, ko: string, en: string): Result<never, Refused> => refused({ code, ko, en })
const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u
const EMAIL = /^[^\s@<>",;:]{1,64}@[^\s@<>",;:]+\.[^\s@<>",;:]{2,}$/
const PHONE = /^\+?[0-9][0-9 ()-]{2,30}$/
const CONTROL = /\p{Cc}/u

/** One login name, one spelling: letters of full width, capitals and composed forms are the same. */
export const loginKey = (loginName: string): string => loginName.normalize('NFKC').trim().toLowerCase()

/** The person as it will be kept, or what is wrong with it. Whether the login name is free and the organisation there is for the caller to say. */
export function checkedPerson(from: NewPerson): Result<NewPerson, Refused> {
  const loginName = loginKey(from.loginName)
  const name = from.name.normalize('NFC').trim()
  const email = from.email?.trim() || undefined
  const phone = from.phone?.trim() || undefined
  if (!LOGIN.test(loginName))
    return no(
      'bad-login',
      `로그인 이름 ${withParticle(`‘${from.loginName}’`, '은')} 쓸 수 없습니다. 글자·숫자·._@- 2~64자로 적으십시오`,
      `the login name ‘${from.loginName}’ cannot be used; 2 to 64 letters, digits and ._@-`,
    )
  if (name === '' || name.length > 80 || CONTROL.test(name))
    return no(
      'bad-name',
      `이름 ${withParticle(`‘${name}’`, '은')} 쓸 수 없습니다. 1~80자로 적으십시오`,
      `the name ‘${name}’ cannot be used; 1 to 80 characters`,
    )
  if (email && (email.length > 200 || !EMAIL.test(email)))
    return no('bad-email', `전자우편 ‘${email}’의 형식이 틀립니다`, `‘${email}’ is no e-mail address`)
  if (phone && !PHONE.test(phone)) return no('bad-phone', `전화번호 ‘${phone}’의 형식이 틀립니다`, `‘${phone}’ is no telephone number`)
  for (const post of from.posts ?? []) {
    const wrong = postFault(post)
    if (wrong) return refused(wrong)
  }
  return ok({
    loginName,
    name,
    organisation: from.organisation,
    kind: from.kind ?? 'person',
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    ...(from.posts ? { posts: from.posts } : {}),
  })
}

/** What is wrong with the span of a post; undefined: nothing. */
export const postFault = ({ fromMs, untilMs }: { readonly fromMs: number; readonly untilMs?: number }): Refused | undefined =>
  !Number.isFinite(fromMs) || (untilMs !== undefined && !(untilMs > fromMs))
    ? { code: 'bad-span', ko: '끝나는 때는 시작한 뒤여야 합니다', en: 'it must end after it begins' }
    : undefined

const isNow = (nowMs: number, { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs?: number }): boolean =>
  fromMs <= nowMs && (untilMs === undefined || nowMs < untilMs)

export interface InForce extends Appointment {
  /** Whose post it is, where it was handed over. */
  readonly delegatedBy?: string
}

/**
 * What a person holds at a moment: own posts, and those handed to them whose giver holds them at that moment too (what has ended cannot be lent). Also the next
 * time at which this changes by the clock alone.
 */
export function inForce(
  person: string,
  posts: readonly HeldPost[],
  delegations: readonly Delegation[],
  nowMs: number,
): { readonly appointments: readonly InForce[]; readonly untilMs: number } {
  const holds = (who: string, { post, organisation }: Appointment): boolean =>
    posts.some(held => held.person === who && held.post === post && held.organisation === organisation && isNow(nowMs, held))
  const lent = delegations.filter(one => one.to === person)
  const own = posts.filter(held => held.person === person)
  const appointments: InForce[] = []
  for (const { post, organisation } of own.filter(held => isNow(nowMs, held)))
    if (!appointments.some(one => one.post === post && one.organisation === organisation)) appointments.push({ post, organisation })
  for (const { post, organisation, from } of lent.filter(one => isNow(nowMs, one) && holds(one.from, one)))
    if (!appointments.some(one => one.post === post && one.organisation === organisation))
      appointments.push({ post, organisation, delegatedBy: from })
  const givers = new Set(lent.map(one => one.from))
  const edges = [...own, ...lent, ...posts.filter(held => givers.has(held.person))].flatMap(one => [one.fromMs, one.untilMs ?? Infinity])
  return { appointments, untilMs: Math.min(...edges.filter(edge => edge > nowMs), Infinity) }
}
