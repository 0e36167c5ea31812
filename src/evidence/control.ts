// What the ledger says about itself, and what the product writes into it beside what was received: JSON entries of feed 0, named `mangru`.

export const CONTROL_FEED = 0
export const CONTROL_NAME = 'mangru'

export type LedgerNote =
  | { readonly note: 'feed'; readonly feed: number; readonly name: string }
  /** A torn or failed tail was left behind: the good bytes of that segment, and how many were cut. */
  | { readonly note: 'recovered'; readonly segment: number; readonly goodBytes: number; readonly cutBytes: number }
  | { readonly note: 'compressed'; readonly segment: number; readonly file: string; readonly sha256: string }
  /** Entries given up because the disk refused for so long that the memory for waiting was full. */
  | { readonly note: 'dropped'; readonly fromMark: number; readonly toMark: number }
  /** After an orderly stop the last record was `expected`; when the ledger was opened again it was `found`: its tail was cut or changed between. */
  | { readonly note: 'altered'; readonly expected: string; readonly found: string }
  /** Retention took these segments away; the chain goes on from `hash`. */
  | { readonly note: 'removed'; readonly from: number; readonly to: number; readonly hash: string }
  /** This ledger is a copy, and the chain up to here is the other one's. */
  | { readonly note: 'copied'; readonly at: string }

export const noteBytes = (note: LedgerNote): Buffer => Buffer.from(JSON.stringify(note))

/** The note an entry of feed 0 holds, or undefined for other control entries. */
export function noteOf(bytes: Uint8Array): LedgerNote | undefined {
  if (bytes[2] !== 110) return undefined
  try {
    const parsed = JSON.parse(Buffer.from(bytes).toString())
    return typeof parsed?.note === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

/** What the product writes every two seconds: how far the audit trail of the store was, and its head. */
export interface AuditWitness {
  readonly n: number
  readonly hash: string
}

export function auditWitnessOf(bytes: Uint8Array): AuditWitness | undefined {
  try {
    const parsed = Object(JSON.parse(Buffer.from(bytes).toString()))
    return parsed.control === 'audit' && 'n' in parsed && 'hash' in parsed ? { n: Number(parsed.n), hash: String(parsed.hash) } : undefined
  } catch {
    // No JSON: another kind of entry.
    return undefined
  }
}
