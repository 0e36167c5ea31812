// What is done to the store beside a running product, or before the first start: a machine's account with its key, the end of a key.
import { ok, type Post, type Result, refused } from '#base/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import { auditStatement } from '../audit.ts'
import { organisationsIn } from '../organisations.ts'
import { insertPerson, insertPost } from '../people-store.ts'
import { checkedPerson } from '../person.ts'
import { type KeyMade, newKey } from './keys.ts'
import { endKey, type Key, loadKeys } from './store.ts'
import { newId } from './token.ts'

const DAY_MS = 86_400_000
/** Who holds the data folder: stands in the trail for deeds done by command. */
const COMMAND = 'command'

export function newMachine(from: {
  readonly store: Pick<Store, 'read'>
  readonly nowMs: number
  readonly rights: readonly string[]
  readonly posts: readonly Post[]
  readonly organisation: string
  readonly name?: string
  readonly days?: number
}): Result<KeyMade, string> {
  const { nowMs, organisation } = from
  const tree = organisationsIn(from.store)
  if (tree.get(organisation)?.closedAtMs !== undefined || !tree.get(organisation))
    return refused(`there is no organisation ${organisation}; one of ${tree.all.map(one => one.id).join(', ')}`)
  const id = newId('p')
  const checked = checkedPerson({
    loginName: `machine-${id.slice(2)}`,
    name: from.name ?? `연계 ${id.slice(2, 8)}`,
    organisation,
    kind: 'machine',
  })
  if (!checked.ok) return refused(checked.reason.en)
  const { name, loginName } = checked.value
  const made = newKey(
    { person: id, name, rights: from.rights, ...(from.days === undefined ? {} : { endsMs: nowMs + from.days * DAY_MS }) },
    { who: COMMAND },
    nowMs,
  )
  return ok({
    ...made,
    statements: [
      insertPerson({ id, loginName, name, organisation, kind: 'machine', isActive: true, createdAtMs: nowMs }),
      ...from.posts.map(post => insertPost(id, { post, organisation, fromMs: nowMs })),
      auditStatement({
        atMs: nowMs,
        who: COMMAND,
        deed: 'person.add',
        thing: id,
        note: `${name} · ${from.posts.join(' ')} @ ${organisation}`,
      }),
      ...made.statements,
    ],
  })
}

export const listKeys = (store: Pick<Store, 'read'>): readonly Key[] => loadKeys(store).map(([, key]) => key)

/** Undefined: there is none such, or it has ended. */
export function endKeyBeside(store: Pick<Store, 'read'>, id: string, nowMs: number): readonly Statement[] | undefined {
  const key = listKeys(store).find(one => one.id === id)
  if (!key || key.endedMs !== undefined) return undefined
  return [endKey(id, nowMs), auditStatement({ atMs: nowMs, who: COMMAND, deed: 'key.end', thing: id, note: key.name })]
}
