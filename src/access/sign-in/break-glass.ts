// The sealed account: for the night on which nobody else can get in (identity provider dead, phones lost). One, made with the first administrator; its password is shown once and
// lies on paper in a safe. It needs no second factor; its use is a critical alarm and stands in the trail. Sealed again it has a new password, shown once to one of two officers.
import { randomInt } from 'node:crypto'
import type { Caller, Clock } from '#base/index.ts'
import { ok, type Result, refused } from '#base/index.ts'
import type { Migration, Store } from '#platform/store/index.ts'
import { auditStatement } from '../audit.ts'
import type { By, People } from '../people.ts'
import type { Person, Refused } from '../person.ts'
import type { AccountAlarm } from './account-alarm.ts'

export const BREAK_GLASS_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-break-glass-0001',
    sql: `CREATE TABLE break_glass (
      person TEXT PRIMARY KEY REFERENCES people (id),
      sealed_ms INTEGER NOT NULL,
      used_ms INTEGER
    ) STRICT`,
  },
]

export interface Sealed {
  readonly person: Person
  readonly sealedAtMs: number
  /** Since it was sealed. */
  readonly usedAtMs?: number
}
/** What goes into the envelope. */
export interface Envelope {
  readonly login: string
  readonly password: string
}

export interface BreakGlass {
  state(): Sealed | undefined
  /** With the first administrator; where there is one already it is sealed again. */
  make(): Promise<Envelope>
  /** It has entered. */
  used(person: string): Promise<void>
  /** Two officers have agreed: the one who asked may seal it again within ten minutes. */
  allow(caller: Caller): void
  maySeal(caller: Caller): boolean
  /** A new password, once for each agreement. */
  seal(caller: Caller, by: By): Promise<Result<Envelope, Refused>>
}

export interface BreakGlassOptions {
  readonly store: Store
  readonly clock: Clock
  readonly people: People
  readonly headOffice: () => string
  readonly alarm: AccountAlarm
  /** Sets the password and ends the account's sessions. */
  setPassword(person: string, password: string, by: By): Promise<void>
  onFault(error: unknown): void
}

const ALLOWED_MS = 10 * 60_000
/** Letters nobody mistakes on paper; 30 of them are 150 bits. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 6
const LOGIN = 'breakglass'
const NAME = '봉인 계정'

export const newSealedPassword = (): string =>
  Array.from({ length: GROUPS }, () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-')

interface Row extends Record<string, string | number | null> {
  person: string
  sealed_ms: number
  used_ms: number | null
}

export function createBreakGlass(options: BreakGlassOptions): BreakGlass {
  const { store, clock, people, alarm } = options
  const allowed = new Map<string, number>()
  const state = (): Sealed | undefined => {
    const [row] = store.read<Row>('SELECT * FROM break_glass')
    const person = row && people.personById(row.person)
    return person && { person, sealedAtMs: row.sealed_ms, ...(row.used_ms === null ? {} : { usedAtMs: row.used_ms }) }
  }
  const open = state()
  if (open?.usedAtMs !== undefined) alarm.sealedAccountUsed(open.person.id, open.usedAtMs)

  const fill = async ({ id, loginName = LOGIN }: Person, by: By): Promise<Envelope> => {
    const password = newSealedPassword()
    const sealed = {
      sql: `INSERT INTO break_glass (person, sealed_ms) VALUES (?, ?)
        ON CONFLICT (person) DO UPDATE SET sealed_ms = excluded.sealed_ms, used_ms = NULL`,
      values: [id, clock.now()],
    }
    const audit = auditStatement({ ...by, atMs: clock.now(), deed: 'break-glass.seal', thing: id })
    await options.setPassword(id, password, { ...by, more: [sealed, audit] })
    alarm.sealedAgain(id)
    return { login: loginName, password }
  }
  const freeLogin = (): string => {
    for (let n = 1; ; n++) {
      const login = n === 1 ? LOGIN : `${LOGIN}${n}`
      if (!people.personByLogin(login)) return login
    }
  }

  return {
    state,
    async make() {
      const by = { who: 'mangru' }
      const known = state()
      if (known) return fill(known.person, by)
      const organisation = options.headOffice()
      const fromMs = clock.now()
      const added = await people.add(
        {
          loginName: freeLogin(),
          name: NAME,
          organisation,
          kind: 'break-glass',
          posts: [
            { post: 'administrator', organisation, fromMs },
            { post: 'watch-leader', organisation, fromMs },
          ],
        },
        by,
      )
      if (!added.ok) throw new Error(added.reason.en)
      return fill(added.value, by)
    },
    async used(person) {
      // The alarm first: a disk that refuses does not keep it quiet.
      alarm.sealedAccountUsed(person, clock.now())
      await store
        .write([
          { sql: 'UPDATE break_glass SET used_ms = ? WHERE person = ?', values: [clock.now(), person] },
          auditStatement({ atMs: clock.now(), who: person, deed: 'break-glass.use', thing: person }),
        ])
        .catch(options.onFault)
    },
    allow(caller) {
      allowed.set(caller.id, clock.now() + ALLOWED_MS)
    },
    maySeal: caller => (allowed.get(caller.id) ?? 0) > clock.now(),
    async seal(caller, by) {
      const known = state()
      if (!known) return refused({ code: 'not-found', ko: '봉인 계정 없음', en: 'there is no sealed account' })
      if ((allowed.get(caller.id) ?? 0) <= clock.now())
        return refused({
          code: 'needs-second',
          ko: '먼저 두 사람 승인을 받으십시오. 승인 뒤 10분 안에 한 번 봉인할 수 있습니다',
          en: 'ask a second officer first; after that it can be sealed once within ten minutes',
        })
      allowed.delete(caller.id)
      return ok(await fill(known.person, by))
    },
  }
}
