// What a feed's `kind` may be for seals: the names of the protocols, and fixed readers at gates.
import type { Sentence } from '#rules/index.ts'
import { SEAL_PROTOCOLS } from '../protocols/index.ts'
import { GATE_OPTIONS, readGate } from './gate.ts'

/** As the feed desk asks for it. */
export interface SealKind {
  readonly name: string
  readonly schemePort?: number
  readonly options?: readonly string[]
  readonly faultOf?: (options: Readonly<Record<string, string>>) => Sentence | undefined
}

export const PROTOCOL_KINDS: readonly SealKind[] = SEAL_PROTOCOLS.map(({ name }) => ({ name }))

/** `llrp://host?gate=…&lat=…&lon=…`; 5084 is LLRP's port. */
export const GATE_KIND: SealKind = {
  name: 'llrp',
  schemePort: 5084,
  options: GATE_OPTIONS,
  faultOf(options) {
    const gate = readGate(options, '')
    return gate.ok ? undefined : gate.reason
  },
}

export const SEAL_KINDS: readonly SealKind[] = [...PROTOCOL_KINDS, GATE_KIND]
