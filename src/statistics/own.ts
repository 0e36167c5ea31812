// What officers make for themselves: boards and measures. Saved under an id made by their browser (a resend does it once), shared within the service from their organisation downwards;
// every change is audited in the transaction that makes it.
import type { OrganisationTree } from '#access/index.ts'
import type { Caller, Grant } from '#base/index.ts'
import type { SqlValue, Statement, Store } from '#platform/store/index.ts'
import type { Board, MeasureDefinition, OwnBoard, OwnMeasure } from './schema.ts'

type Kind = 'boards' | 'measures'
interface Row extends Record<string, SqlValue> {
  id: string
  owner: string
  organisation: string
  is_shared: number
  edition: number
  changed_ms: number
  body: string
}

const SQL = {
  boards: {
    one: 'SELECT id, owner, organisation, is_shared, 1 AS edition, changed_ms, body FROM statistics_boards WHERE id = ?',
    all: 'SELECT id, owner, organisation, is_shared, 1 AS edition, changed_ms, body FROM statistics_boards ORDER BY changed_ms, id',
    save: `INSERT INTO statistics_boards (id, owner, organisation, is_shared, changed_ms, body) VALUES (?1, ?2, ?3, 0, ?4, ?5)
      ON CONFLICT (id) DO UPDATE SET changed_ms = ?4, body = ?5 WHERE owner = ?2`,
    share: 'UPDATE statistics_boards SET is_shared = ? WHERE id = ?',
    remove: 'DELETE FROM statistics_boards WHERE id = ?',
  },
  measures: {
    one: 'SELECT * FROM statistics_measures WHERE id = ?',
    all: 'SELECT * FROM statistics_measures ORDER BY changed_ms, id',
    save: `INSERT INTO statistics_measures (id, owner, organisation, is_shared, edition, changed_ms, body) VALUES (?1, ?2, ?3, 0, 1, ?4, ?5)
      ON CONFLICT (id) DO UPDATE SET edition = edition + 1, changed_ms = ?4, body = ?5 WHERE owner = ?2 AND body <> ?5`,
    share: 'UPDATE statistics_measures SET is_shared = ? WHERE id = ?',
    remove: 'DELETE FROM statistics_measures WHERE id = ?',
  },
} as const

export interface Own {
  boards(): readonly OwnBoard[]
  measures(): readonly OwnMeasure[]
  board(id: string): OwnBoard | undefined
  measure(id: string): OwnMeasure | undefined
  saveBoard(board: Board, caller: Caller): Promise<void>
  saveMeasure(measure: MeasureDefinition, caller: Caller): Promise<void>
  share(kind: Kind, id: string, isShared: boolean, caller: Caller): Promise<void>
  remove(kind: Kind, id: string, caller: Caller): Promise<void>
}

export interface OwnOptions {
  readonly store: Store
  now(): number
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
}

export function createOwn({ store, now, audit }: OwnOptions): Own {
  const one = (kind: Kind, id: string): Row | undefined => store.read<Row>(SQL[kind].one, [id])[0]
  const all = (kind: Kind): readonly Row[] => store.read<Row>(SQL[kind].all)
  const ownedBy = ({ owner, organisation, is_shared, changed_ms }: Row) => ({
    owner,
    organisation,
    isShared: is_shared === 1,
    changedAtMs: changed_ms,
  })
  const boardOf = (row: Row): OwnBoard => ({ ...JSON.parse(row.body), id: row.id, ...ownedBy(row) })
  const measureOf = (row: Row): OwnMeasure => ({ ...JSON.parse(row.body), id: row.id, edition: row.edition, ...ownedBy(row) })
  const save = (kind: Kind, thing: { readonly id: string; readonly ko: string }, caller: Caller): Promise<void> => {
    const { id, ...body } = thing
    return store.write([
      {
        sql: SQL[kind].save,
        values: [id, caller.id, caller.appointments[0]?.organisation ?? '', Math.floor(now()), JSON.stringify(body)],
      },
      audit(caller, `statistics.${kind}.save`, id, thing.ko),
    ])
  }
  return {
    boards: () => all('boards').map(boardOf),
    measures: () => all('measures').map(measureOf),
    board(id) {
      const row = one('boards', id)
      return row && boardOf(row)
    },
    measure(id) {
      const row = one('measures', id)
      return row && measureOf(row)
    },
    saveBoard: (board, caller) => save('boards', board, caller),
    saveMeasure: (measure, caller) => save('measures', measure, caller),
    share: (kind, id, isShared, caller) =>
      store.write([
        { sql: SQL[kind].share, values: [isShared ? 1 : 0, id] },
        audit(caller, `statistics.${kind}.${isShared ? 'share' : 'unshare'}`, id, ''),
      ]),
    remove: (kind, id, caller) =>
      store.write([{ sql: SQL[kind].remove, values: [id] }, audit(caller, `statistics.${kind}.remove`, id, '')]),
  }
}

/** Their own; and shared ones of an organisation they stand in or under, or whose figures they reach. */
export function isSeen(
  thing: { readonly owner: string; readonly isShared: boolean; readonly organisation: string },
  caller: Caller,
  grant: Grant,
  tree: OrganisationTree,
): boolean {
  if (thing.owner === caller.id) return true
  if (!thing.isShared) return false
  const below = tree.below(thing.organisation)
  return grant.covers([thing.organisation]) || caller.appointments.some(one => below.has(one.organisation))
}
