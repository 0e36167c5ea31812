// What a feed's `kind` may be for seals: the names of the protocols.
import { SEAL_PROTOCOLS } from '../protocols/index.ts'

export const SEAL_KINDS: readonly string[] = SEAL_PROTOCOLS.map(one => one.name)
