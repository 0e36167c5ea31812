// What the routes of the room are made with.
import type { Access } from '#access/index.ts'
import type { Caller, Clock } from '#base/index.ts'
import type { Http } from '#platform/http/index.ts'
import type { Statement, Store } from '#platform/store/index.ts'
import type { Own } from './own.ts'
import type { Statistics } from './statistics.ts'

export interface StatisticsRoutesOptions {
  readonly http: Http
  readonly access: Access
  readonly store: Store
  readonly clock: Clock
  readonly statistics: Statistics
  readonly own: Own
  isDemo(): boolean
  labelOf(kind: string, id: string): string | undefined
  audit(caller: Caller, deed: string, thing: string, note: string): Statement
}
