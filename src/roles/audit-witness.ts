// The newest hash of the audit trail goes into the ledger: rows cut off its end, or all written anew, do not stay unseen.
import { auditHead } from '#access/index.ts'
import type { Clock } from '#base/index.ts'
import type { Ledger } from '#evidence/index.ts'
import type { Store } from '#platform/store/index.ts'

export function createAuditWitness(store: Pick<Store, 'read'>, ledger: Ledger, clock: Clock): () => void {
  let last = 0
  return () => {
    const head = auditHead(store)
    if (!head || head.n === last) return
    last = head.n
    ledger.control({ control: 'audit', n: head.n, hash: head.hash }, clock.now())
  }
}
