// The organisations as they are kept: the tree that ships with the product on the first start, then what administrators make of it. Never forgotten: one that is
// closed keeps its name beside the records of its time.
import { type Clock, ok, type Result, refused } from '#base/index.ts'
import type { Migration, Statement, Store } from '#platform/store/index.ts'
import { withParticle } from '#rules/index.ts'
import { auditStatement, type Deed } from './audit.ts'
import { ORGANISATION_KINDS, type Organisation, type OrganisationKind, type OrganisationTree, organisationTree } from './organisation.ts'
import { ORGANISATIONS } from './organisations-korea.ts'
import type { Refused } from './person.ts'

export const ORGANISATION_MIGRATIONS: readonly Migration[] = [
  {
    id: 'access-0005',
    sql: 'CREATE TABLE organisations (id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL) STRICT',
  },
]

const kept = (store: Pick<Store, 'read'>): readonly Organisation[] =>
  store.read<{ body: string }>('SELECT body FROM organisations ORDER BY position, id').map((row): Organisation => JSON.parse(row.body))
const load = (store: Pick<Store, 'read'>): readonly Organisation[] => {
  const rows = kept(store)
  return rows.length > 0 ? rows : ORGANISATIONS
}

const upsert = (one: Organisation, position: number): Statement => ({
  sql: 'INSERT INTO organisations (id, position, body) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body',
  values: [one.id, position, JSON.stringify(one)],
})

/** The tree as it is kept. */
export const organisationsIn = (store: Pick<Store, 'read'>): OrganisationTree => organisationTree(load(store))

/** On the first start the tree that ships; afterwards nothing. */
export async function seedOrganisations(store: Store): Promise<void> {
  if (kept(store).length === 0) await store.write(ORGANISATIONS.map(upsert))
}

export interface OrganisationsOptions {
  readonly store: Store
  readonly clock: Clock
  /** Does anybody belong there, or hold a post there now or later? Then it is not closed. */
  isInUse(id: string): boolean
  onChange(): void
}

export type OrganisationWords = Partial<Omit<Organisation, 'id' | 'kind' | 'closedAtMs'>>

export interface Organisations {
  tree(): OrganisationTree
  /** What would be, or why not; keeps nothing. */
  changed(id: string, to: OrganisationWords): Result<OrganisationTree, Refused>
  add(one: OrganisationWords & { readonly id: string; readonly kind: OrganisationKind }, by: Author): Promise<Result<Organisation, Refused>>
  /** Names, telephone, place, what it stands under; `isExample: false` confirms what public sources do not give. */
  change(id: string, to: OrganisationWords, by: Author): Promise<Result<Organisation, Refused>>
  close(id: string, by: Author): Promise<Result<Organisation, Refused>>
}
type Author = Pick<Deed, 'who' | 'session' | 'second'>

const no = (code: string, ko: string, en: string): Result<never, Refused> => refused({ code, ko, en })
const ID = /^[a-z][a-z0-9-]{1,39}$/
const MAX_NAME = 60

export function createOrganisations({ store, clock, isInUse, onChange }: OrganisationsOptions): Organisations {
  let tree = organisationTree(load(store))

  const keep = async (one: Organisation, deed: string, by: Author, note: string): Promise<Result<Organisation, Refused>> => {
    await store.write([
      upsert(one, tree.all.length),
      auditStatement({ atMs: clock.now(), ...by, deed: `organisation.${deed}`, thing: one.id, note }),
    ])
    tree = organisationTree(load(store))
    onChange()
    return ok(one)
  }
  const need = (id: string): Result<Organisation, Refused> => {
    const one = tree.get(id)
    if (!one) return no('no-organisation', `조직 ‘${id}’ 없음`, `there is no organisation ‘${id}’`)
    if (one.closedAtMs !== undefined) return no('closed', `${withParticle(one.ko, '은')} 폐지되었습니다`, `${one.en} is closed`)
    return ok(one)
  }
  const checked = (one: Organisation): Refused | undefined =>
    fault(one) ?? (one.id === tree.headOffice ? undefined : parentFault(one, tree))
  const made = (id: string, to: OrganisationWords): Result<Organisation, Refused> => {
    const known = need(id)
    if (!known.ok) return known
    if (id === tree.headOffice && to.parent !== undefined)
      return no('head-office', '본청은 다른 조직 아래로 옮길 수 없습니다', 'head office stands under nobody')
    const one: Organisation = { ...known.value, ...to }
    const wrong = checked(one)
    return wrong ? refused(wrong) : ok(one)
  }

  return {
    tree: () => tree,
    changed(id, to) {
      const one = made(id, to)
      return one.ok ? ok(organisationTree(tree.all.map(other => (other.id === id ? one.value : other)))) : one
    },
    async add({ id, kind, ...words }, by) {
      if (tree.get(id)) return no('id-taken', `식별자 ${withParticle(`‘${id}’`, '은')} 이미 있습니다`, `the id ‘${id}’ is taken`)
      if (!ID.test(id))
        return no(
          'bad-id',
          `식별자 ${withParticle(`‘${id}’`, '은')} 쓸 수 없습니다. 소문자·숫자·-로 적으십시오`,
          `the id ‘${id}’ cannot be used; a-z, 0-9 and -`,
        )
      if (kind === 'head-office' || !ORGANISATION_KINDS.includes(kind))
        return no('head-office', '본청은 하나입니다', 'there is one head office')
      const ko = words.ko ?? ''
      const en = words.en ?? ''
      const one: Organisation = { isExample: false, shortKo: ko, shortEn: en, ...words, ko, en, id, kind }
      const wrong = checked(one)
      return wrong ? refused(wrong) : keep(one, 'add', by, `${one.ko} · ${one.parent}`)
    },
    async change(id, to, by) {
      const one = made(id, to)
      if (!one.ok) return one
      return keep(
        one.value,
        'change',
        by,
        Object.entries(to)
          .map(([field, value]) => `${field}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
          .join(' · '),
      )
    },
    async close(id, by) {
      const known = need(id)
      if (!known.ok) return known
      if (id === tree.headOffice) return no('head-office', '본청은 폐지할 수 없습니다', 'head office cannot be closed')
      if (tree.all.some(other => other.parent === id && other.closedAtMs === undefined))
        return no('has-below', '아래 조직을 먼저 옮기거나 폐지하십시오', 'move or close what stands under it first')
      if (isInUse(id))
        return no(
          'in-use',
          '소속된 사람이나 맡은 일이 남아 있습니다. 먼저 옮기십시오',
          'people belong there or hold posts there; move them first',
        )
      return keep({ ...known.value, closedAtMs: clock.now() }, 'close', by, known.value.ko)
    },
  }
}

function fault({ ko, en, shortKo, shortEn, place, phone }: Organisation): Refused | undefined {
  for (const name of [ko, en, shortKo, shortEn])
    if (name.trim() === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name))
      return { code: 'bad-name', ko: `이름은 1~${MAX_NAME}자로 적으십시오`, en: `a name has 1 to ${MAX_NAME} characters` }
  if (place && !(Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180))
    return { code: 'bad-place', ko: '위치의 위도·경도가 틀립니다', en: 'the place is no latitude and longitude' }
  if (phone !== undefined && !/^[+0-9][0-9 ()-]{1,30}$/.test(phone))
    return { code: 'bad-phone', ko: `전화번호 ‘${phone}’의 형식이 틀립니다`, en: `‘${phone}’ is no telephone number` }
  return undefined
}

function parentFault({ id, parent }: Organisation, tree: OrganisationTree): Refused | undefined {
  const above = parent === undefined ? undefined : tree.get(parent)
  if (!above || above.closedAtMs !== undefined)
    return {
      code: 'no-parent',
      ko: `상위 조직 ${withParticle(`‘${parent ?? ''}’`, '이')} 없거나 폐지되었습니다`,
      en: `there is no organisation ‘${parent ?? ''}’ to stand under`,
    }
  if (tree.below(id).has(above.id))
    return { code: 'circle', ko: '자기나 자기 아래 조직 밑으로 옮길 수 없습니다', en: 'it cannot stand under itself' }
  return undefined
}
