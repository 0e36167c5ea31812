// evidence: the hash-chained ledger of everything received, its verification, and the lock of the data folder.
export { CONTROL_FEED, CONTROL_NAME } from './control.ts'
export type { LedgerEntry } from './frame.ts'
export { Ledger, type LedgerFault, type LedgerFigures, type LedgerOptions, openLedger } from './ledger.ts'
export { lockState, takeLock } from './lock.ts'
export { type ReadRange, readLedger } from './read.ts'
export { type Hold, planRemoval, type RetentionRule, type StoredFile } from './retention.ts'
export { listSegments } from './segments.ts'
export { type Verdict, type VerifyOptions, verifyLedger } from './verify.ts'
