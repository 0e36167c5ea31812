// Who there is and what they hold now. Kept in the store, held in memory whole (a thousand people); every change is one transaction with its audit row and is
// known to whoever asks as soon as it is on the disk. Callers are made here, so that a change of posts acts at the next request and on open lines within a second.
import { randomBytes } from 'node:crypto'
import { type Appointment, type Caller, type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { withParticle } from '#rules/index.ts'
import { auditStatement } from './audit.ts'
import {
  endDelegation,
  endPost,
  endPostsOf,
  insertDelegation,
  insertPerson,
  insertPost,
  loadDelegations,
  loadPeople,
  loadPosts,
  updatePerson,
} from './people-store.ts'
import {
  checkedPerson,
  type Delegation,
  type HeldPost,
  type InForce,
  inForce,
  loginKey,
  type NewPerson,
  type NewPost,
  type Person,
  postFault,
  type Refused,
} from './person.ts'

/** Callers kept at once; more are worked out anew. */
const MAX_CALLERS = 20_000

export interface PeopleOptions {
  readonly store: Store
  readonly clock: Clock
  /** Is there such an organisation, open? Posts are given only there. */
  isOrganisation(id: string): boolean
  /** What goes in the same transaction when somebody leaves: all they sign in with. */
  onLeave?(person: string): readonly Statement[]
  /** What goes in the same transaction when they are erased: all that is personal and not their name. */
  onErase?(person: string): readonly Statement[]
  /** After each change: rights may be others now. */
  onChange?(): void
}

/** Who makes a change; `more` goes into the same transaction. */
export interface By {
  readonly who: string
  readonly session?: string
  /** Who agreed, where it took two. */
  readonly second?: string
  readonly note?: string
  readonly more?: readonly Statement[]
}
type Outcome<T = undefined> = Promise<Result<T, Refused>>

export interface People {
  all(): readonly Person[]
  personById(id: string): Person | undefined
  /** Whatever the spelling of capitals and width; erased people are not found. */
  personByLogin(loginName: string): Person | undefined
  /** Own and delegated, in force at that time; none for who is not active. */
  appointmentsOf(person: string, nowMs: number): readonly InForce[]
  posts(): readonly HeldPost[]
  delegations(): readonly Delegation[]
  /** Who acts, with what they hold now; undefined for who is not there or may not act any more. The same object until something changes. */
  callerFor(person: string, session: string): Caller | undefined

  /** Refuses a login name that is taken, a place that is not there, words that cannot be. */
  add(person: NewPerson, by: By): Outcome<Person>
  /** All of them in one transaction, or none. */
  addAll(list: readonly NewPerson[], by: By): Outcome<readonly Person[]>
  change(id: string, to: Partial<Pick<Person, 'name' | 'email' | 'phone' | 'organisation' | 'isActive'>>, by: By): Outcome<Person>
  /** Leaves the service: posts end, nobody signs in so any more; the name stays beside what was done. */
  end(id: string, by: By): Outcome<Person>
  /** The law's clock: login name, e-mail and telephone go; name and records stay. Only of who has left. */
  erase(id: string, by: By): Outcome<Person>
  /** Erases the personal data of all who left before this time; how many. */
  eraseLeftBefore(ms: number): Promise<number>
  give(id: string, post: NewPost, by: By): Outcome
  takeBack(post: number, by: By): Outcome
  /** Lends one post the giver holds, from now or later, to an end; with a reason. */
  delegate(what: Omit<Delegation, 'id'>, by: By): Outcome
  endDelegation(id: number, by: By): Outcome
  /** The tree of organisations is another one: callers are made anew, so that whoever holds one sees that rights have changed. */
  forgetCallers(): void
  /** Accounts were made beside us, or removed. */
  reload(): void
}

export function createPeople({ store, clock, isOrganisation, onLeave, onErase, onChange }: PeopleOptions): People {
  let all: readonly Person[] = []
  let byId = new Map<string, Person>()
  let byLogin = new Map<string, Person>()
  let posts: readonly HeldPost[] = []
  let delegations: readonly Delegation[] = []
  const held = new Map<string, { readonly appointments: readonly InForce[]; readonly untilMs: number }>()
  const callers = new Map<string, { readonly caller: Caller; readonly from: readonly InForce[] }>()

  const load = (): void => {
    all = loadPeople(store)
    posts = loadPosts(store)
    delegations = loadDelegations(store)
    byId = new Map(all.map(person => [person.id, person]))
    byLogin = new Map(all.flatMap(person => (person.loginName === undefined ? [] : [[person.loginName, person]])))
    held.clear()
    callers.clear()
  }
  load()

  const holdings = (person: string, nowMs: number): readonly InForce[] => {
    const known = held.get(person)
    if (known && nowMs < known.untilMs) return known.appointments
    const now = inForce(person, posts, delegations, nowMs)
    held.set(person, now)
    return now.appointments
  }
  const write = async <T>(statements: readonly Statement[], deed: string, thing: string, by: By, value: T): Outcome<T> => {
    await store.write([...statements, ...(by.more ?? []), auditStatement({ ...by, atMs: clock.now(), deed, thing })])
    load()
    onChange?.()
    return ok(value)
  }
  const keep = (person: Person, deed: string, by: By, more: readonly Statement[] = []): Outcome<Person> =>
    write([updatePerson(person), ...more], deed, person.id, by, person)
  const need = (id: string): Result<Person, Refused> => {
    const person = byId.get(id)
    return person ? ok(person) : refused({ code: 'no-person', ko: `사람 ${id} 없음`, en: `there is no person ${id}` })
  }
  const placeFault = (organisation: string): Refused | undefined =>
    isOrganisation(organisation)
      ? undefined
      : {
          code: 'no-organisation',
          ko: `조직 ${withParticle(`‘${organisation}’`, '이')} 없거나 폐지되었습니다`,
          en: `there is no organisation ‘${organisation}’, or it is closed`,
        }

  const people: People = {
    all: () => all,
    personById: id => byId.get(id),
    personByLogin: loginName => byLogin.get(loginKey(loginName)),
    appointmentsOf(id, nowMs) {
      if (byId.get(id)?.isActive !== true) return []
      // Another time than now is asked seldom: not remembered.
      return Math.abs(nowMs - clock.now()) < 1000 ? holdings(id, nowMs) : inForce(id, posts, delegations, nowMs).appointments
    },
    posts: () => posts,
    delegations: () => delegations,
    reload() {
      load()
      onChange?.()
    },
    forgetCallers() {
      held.clear()
      callers.clear()
    },
    callerFor(id, session) {
      const person = byId.get(id)
      if (person?.isActive !== true) return undefined
      const appointments = holdings(id, clock.now())
      const key = `${id} ${session}`
      const known = callers.get(key)
      if (known && known.from === appointments) return known.caller
      const caller: Caller = {
        id,
        name: person.name,
        kind: person.kind === 'machine' || person.kind === 'screen' ? person.kind : 'person',
        appointments,
        session,
      }
      if (callers.size >= MAX_CALLERS) callers.clear()
      callers.set(key, { caller, from: appointments })
      return caller
    },

    async add(from, by) {
      const added = await people.addAll([from], by)
      if (!added.ok) return added
      const [person] = added.value
      if (!person) throw new Error('somebody was added and is not there')
      return ok(person)
    },
    async addAll(list, by) {
      const nowMs = clock.now()
      const logins = new Set<string>()
      const made: { readonly person: Person; readonly posts: readonly NewPost[] }[] = []
      for (const from of list) {
        const checked = checkedPerson(from)
        if (!checked.ok) return checked
        const { posts: given = [], kind = 'person', ...words } = checked.value
        for (const place of [words.organisation, ...given.map(post => post.organisation)]) {
          const fault = placeFault(place)
          if (fault) return refused(fault)
        }
        if (byLogin.has(words.loginName) || logins.has(words.loginName)) return refused(loginTaken(words.loginName))
        logins.add(words.loginName)
        made.push({
          person: { ...words, kind, id: `p-${randomBytes(6).toString('hex')}`, isActive: true, createdAtMs: nowMs },
          posts: given,
        })
      }
      const audit = made.map(({ person, posts }) =>
        auditStatement({
          ...by,
          atMs: nowMs,
          deed: 'person.add',
          thing: person.id,
          note: by.note ?? [person.name, ...posts.map(postWords)].join(' · '),
        }),
      )
      try {
        await store.write([
          ...made.flatMap(({ person, posts }) => [insertPerson(person), ...posts.map(post => insertPost(person.id, post))]),
          ...(by.more ?? []),
          ...audit,
        ])
      } catch (error) {
        // Two added the same at once: the store's own rule is the last word.
        if (error instanceof Error && /UNIQUE/.test(error.message)) return refused(loginTaken([...logins].join(', ')))
        throw error
      }
      load()
      onChange?.()
      return ok(made.map(one => one.person))
    },
    async change(id, to, by) {
      const known = need(id)
      if (!known.ok) return known
      const person: Person = { ...known.value, ...to }
      if (person.endedAtMs !== undefined)
        return refused({ code: 'has-left', ko: '이미 퇴직 처리된 사람입니다', en: 'this person has left already' })
      const checked = checkedPerson({ ...person, loginName: person.loginName ?? '' })
      if (!checked.ok) return checked
      const fault = placeFault(person.organisation)
      if (fault) return refused(fault)
      const { email: _email, phone: _phone, ...rest } = person
      const { email, phone, name } = checked.value
      const words = Object.entries(to).map(([field, value]) => (field === 'email' || field === 'phone' ? field : `${field}: ${value}`))
      return keep({ ...rest, name, ...(email ? { email } : {}), ...(phone ? { phone } : {}) }, 'person.change', {
        ...by,
        note: by.note ?? words.join(' · '),
      })
    },
    async end(id, by) {
      const known = need(id)
      if (!known.ok) return known
      const nowMs = clock.now()
      const lent = delegations.filter(one => (one.from === id || one.to === id) && one.untilMs > nowMs)
      return keep({ ...known.value, isActive: false, endedAtMs: known.value.endedAtMs ?? nowMs }, 'person.end', by, [
        endPostsOf(id, nowMs),
        ...lent.map(one => endDelegation(one.id, nowMs)),
        ...(onLeave?.(id) ?? []),
      ])
    },
    async erase(id, by) {
      const known = need(id)
      if (!known.ok) return known
      if (known.value.endedAtMs === undefined)
        return refused({
          code: 'still-here',
          ko: '퇴직 처리한 뒤에 파기할 수 있습니다',
          en: 'personal data are erased only of who has left',
        })
      const { loginName: _login, email: _email, phone: _phone, ...rest } = known.value
      return keep({ ...rest, erasedAtMs: known.value.erasedAtMs ?? clock.now() }, 'person.erase', by, onErase?.(id))
    },
    async eraseLeftBefore(ms) {
      const due = all.filter(person => person.endedAtMs !== undefined && person.endedAtMs < ms && person.erasedAtMs === undefined)
      for (const person of due) await people.erase(person.id, { who: 'mangru', note: '보존 기간 지남' })
      return due.length
    },
    async give(id, post, by) {
      const known = need(id)
      if (!known.ok) return known
      if (known.value.endedAtMs !== undefined)
        return refused({ code: 'has-left', ko: '이미 퇴직 처리된 사람입니다', en: 'this person has left already' })
      const fault = postFault(post) ?? placeFault(post.organisation)
      if (fault) return refused(fault)
      return write([insertPost(id, post)], 'post.give', id, { ...by, note: by.note ?? postWords(post) }, undefined)
    },
    async takeBack(post, by) {
      const known = posts.find(one => one.id === post)
      if (!known) return refused({ code: 'no-post', ko: `맡은 일 ${post} 없음`, en: `there is no appointment ${post}` })
      return write([endPost(post, clock.now())], 'post.end', known.person, { ...by, note: by.note ?? postWords(known) }, undefined)
    },
    async delegate(what, by) {
      const [from, to] = [need(what.from), need(what.to)]
      if (!from.ok) return from
      if (!to.ok) return to
      const fault = delegationFault(what, to.value, people.posts(), clock.now())
      if (fault) return refused(fault)
      return write(
        [insertDelegation({ ...what, reason: what.reason.trim() })],
        'post.delegate',
        what.to,
        { ...by, note: by.note ?? `${from.value.name} → ${to.value.name} · ${postWords(what)} · ${what.reason.trim()}` },
        undefined,
      )
    },
    async endDelegation(id, by) {
      const known = delegations.find(one => one.id === id)
      if (!known) return refused({ code: 'no-delegation', ko: `위임 ${id} 없음`, en: `there is no delegation ${id}` })
      return write([endDelegation(id, clock.now())], 'post.delegate-end', known.to, { ...by, note: by.note ?? postWords(known) }, undefined)
    },
  }
  return people
}

const loginTaken = (loginName: string): Refused => ({
  code: 'login-taken',
  ko: `로그인 이름 ${withParticle(`‘${loginName}’`, '은')} 이미 쓰고 있습니다`,
  en: `the login name ‘${loginName}’ is taken`,
})
const day = (ms: number): string => new Date(ms).toISOString()
const postWords = ({ post, organisation, fromMs, untilMs }: Appointment & { readonly fromMs: number; readonly untilMs?: number }): string =>
  `${post} @ ${organisation} ${day(fromMs)} – ${untilMs === undefined ? '' : day(untilMs)}`.trim()

function delegationFault(what: Omit<Delegation, 'id'>, taker: Person, posts: readonly HeldPost[], nowMs: number): Refused | undefined {
  if (what.from === what.to) return { code: 'same-person', ko: '자기에게 위임할 수 없습니다', en: 'nobody delegates to themselves' }
  if (!taker.isActive)
    return { code: 'not-active', ko: '받을 사람이 잠겨 있거나 퇴직했습니다', en: 'who is to get it is locked or has left' }
  if (what.reason.trim() === '' || what.reason.length > 500)
    return { code: 'reason-needed', ko: '위임 사유를 적으십시오(500자 이내)', en: 'say why, in at most 500 characters' }
  if (what.untilMs <= nowMs) return { code: 'bad-span', ko: '끝나는 때가 이미 지났습니다', en: 'it would have ended already' }
  const fault = postFault(what)
  if (fault) return fault
  const holds = posts.some(
    one =>
      one.person === what.from &&
      one.post === what.post &&
      one.organisation === what.organisation &&
      (one.untilMs === undefined || one.untilMs > Math.max(nowMs, what.fromMs)),
  )
  return holds
    ? undefined
    : { code: 'not-held', ko: '주는 사람이 그 기간에 맡고 있지 않은 일입니다', en: 'the giver does not hold that post at that time' }
}
