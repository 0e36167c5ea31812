// What a reader at a gate sees → who passed. A tag is seen many times while a truck stands at the barrier: it passes once, until it was not seen for a while. Pure but for what it
// remembers: fed with the ledger's entries again, it tells the same. Times are the reader's, mended by what its clock was off when it was connected to.
import type { GateEvent } from '../pass-contract.ts'
import { asBefore, type ReaderEvent, type TagRead } from '../protocols/llrp.ts'
import { directionAt, type Gate } from './gate.ts'

/** Whose tag it is. */
export interface TagOwner {
  readonly seal?: string
  readonly container?: string
  readonly vehicle?: string
}

/** A tag that nobody is known for. */
export interface UnknownTag {
  readonly feed: string
  readonly gate: string
  readonly lat: number
  readonly lon: number
  readonly epcHex: string
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly passages: number
  readonly antenna?: number
  readonly peakRssiDbm?: number
}

export interface GateReadsOptions {
  readonly feed: string
  gate(): Gate
  /** By its number, small hex letters. */
  ownerOf(epcHex: string): TagOwner | undefined
  onPassage(event: GateEvent): void
  /** Once a passage. */
  onUnknown(tag: UnknownTag): void
}

export interface GateReads {
  /** A reader's event: on a success of connecting its clock is compared with ours. */
  event(event: ReaderEvent, receivedAtMs: number): void
  tags(tags: readonly TagRead[], receivedAtMs: number, mark: number): void
  /** Clock of receipt; parties whose time is over are told. */
  tick(nowMs: number): void
  readonly unknown: readonly UnknownTag[]
  /** The reader's clock before ours (positive: it is behind), where it has told its time. */
  readonly clockBehindMs: number | undefined
  /** Receipt minus when a tag was last seen, of the newest. */
  readonly latencyMs: number
  readonly weak: number
}

/** A clock that is off by less is right: the way through the network takes time too. */
const CLOCK_TOLERANCE_MS = 2000
const MAX_TAGS = 20_000
const MAX_UNKNOWN = 500
const KINDS = ['seal', 'container', 'vehicle'] as const

interface Party {
  readonly event: GateEvent
  readonly endsAtMs: number
  readonly seen: Record<(typeof KINDS)[number], Set<string>>
}

export function createGateReads({ feed, gate: gateNow, ownerOf, onPassage, onUnknown }: GateReadsOptions): GateReads {
  /** By tag, the one seen last at the end: while it stands there, from when until when it was seen. */
  const standing = new Map<string, { firstMs: number; lastMs: number }>()
  const unknown = new Map<string, UnknownTag>()
  let before: TagRead | undefined
  let [utcBehindMs, uptimeBehindMs]: (number | undefined)[] = []
  let party: Party | undefined
  let latencyMs = Number.NaN
  let weak = 0

  /** Never after we heard of it. */
  const ours = (utcMs: number | undefined, uptimeMs: number | undefined, receivedAtMs: number): number => {
    if (utcMs !== undefined) {
      const behindMs = utcBehindMs !== undefined && Math.abs(utcBehindMs) > CLOCK_TOLERANCE_MS ? utcBehindMs : 0
      return Math.min(receivedAtMs, utcMs + behindMs)
    }
    if (uptimeMs !== undefined && uptimeBehindMs !== undefined) return Math.min(receivedAtMs, uptimeMs + uptimeBehindMs)
    return receivedAtMs
  }
  /** Whether it passes anew. Reports that were held come late: they may be of a passage before the one that is known. */
  const passes = (epcHex: string, firstMs: number, lastMs: number, againAfterMs: number): boolean => {
    const known = standing.get(epcHex)
    standing.delete(epcHex)
    const isSame = known !== undefined && firstMs <= known.lastMs + againAfterMs && lastMs >= known.firstMs - againAfterMs
    if (isSame) standing.set(epcHex, { firstMs: Math.min(known.firstMs, firstMs), lastMs: Math.max(known.lastMs, lastMs) })
    else standing.set(epcHex, known && known.firstMs > lastMs ? known : { firstMs, lastMs })
    const oldest = standing.size > MAX_TAGS ? standing.keys().next().value : undefined
    if (oldest !== undefined) standing.delete(oldest)
    return !isSame
  }
  const tellUnknown = (tag: TagRead, atMs: number): void => {
    const known = unknown.get(tag.epcHex)
    unknown.delete(tag.epcHex)
    const { antenna, peakRssiDbm } = tag
    const { name: gate, lat, lon } = gateNow()
    const now: UnknownTag = {
      feed,
      gate,
      lat,
      lon,
      epcHex: tag.epcHex,
      firstAtMs: Math.min(known?.firstAtMs ?? atMs, atMs),
      lastAtMs: Math.max(known?.lastAtMs ?? atMs, atMs),
      passages: (known?.passages ?? 0) + 1,
      ...(antenna === undefined ? {} : { antenna }),
      ...(peakRssiDbm === undefined ? {} : { peakRssiDbm }),
    }
    unknown.set(tag.epcHex, now)
    const oldest = unknown.size > MAX_UNKNOWN ? unknown.keys().next().value : undefined
    if (oldest !== undefined) unknown.delete(oldest)
    onUnknown(now)
  }
  const endParty = (): void => {
    const { event, seen } = party ?? {}
    party = undefined
    if (!event || !seen) return
    const found = KINDS.filter(kind => seen[kind].size > 0)
    // Two of a kind are two trucks, or one with two containers: nothing is said of who belongs to whom.
    if (found.length < 2 || found.some(kind => seen[kind].size > 1)) return
    onPassage({ ...event, id: `${event.id}|together`, ...Object.fromEntries(found.map(kind => [kind, [...seen[kind]][0]])) })
  }
  const join = (event: GateEvent, joinMs: number): void => {
    if (joinMs === 0) return
    if (party && (event.receivedAtMs > party.endsAtMs || event.direction !== party.event.direction)) endParty()
    party ??= {
      event: withoutOwner(event),
      endsAtMs: event.receivedAtMs + joinMs,
      seen: { seal: new Set(), container: new Set(), vehicle: new Set() },
    }
    for (const kind of KINDS) {
      const one = event[kind]
      if (one !== undefined) party.seen[kind].add(one)
    }
  }

  return {
    event(event, receivedAtMs) {
      if (event.attempt !== 'success') return
      before = undefined
      if (event.utcMs !== undefined) utcBehindMs = receivedAtMs - event.utcMs
      if (event.uptimeMs !== undefined) uptimeBehindMs = receivedAtMs - event.uptimeMs
    },
    tags(tags, receivedAtMs, mark) {
      const gate = gateNow()
      for (const one of tags) {
        const tag = asBefore(before, one)
        before = tag
        if (gate.minRssiDbm !== undefined && tag.peakRssiDbm !== undefined && tag.peakRssiDbm < gate.minRssiDbm) {
          weak++
          continue
        }
        const atMs = ours(tag.firstSeenUtcMs, tag.firstSeenUptimeMs, receivedAtMs)
        const lastMs = Math.max(atMs, ours(tag.lastSeenUtcMs, tag.lastSeenUptimeMs, receivedAtMs))
        latencyMs = receivedAtMs - lastMs
        if (!passes(tag.epcHex, atMs, lastMs, gate.againAfterMs)) continue
        const owner = ownerOf(tag.epcHex)
        if (!owner) {
          tellUnknown(tag, atMs)
          continue
        }
        unknown.delete(tag.epcHex)
        const direction = directionAt(gate, tag.antenna)
        const event: GateEvent = {
          // By the reader's own time, so that it is the same when the ledger is read again without its greeting.
          id: `${feed}|${tag.epcHex}|${tag.firstSeenUtcMs ?? tag.firstSeenUptimeMs ?? receivedAtMs}`,
          gate: gate.name,
          lat: gate.lat,
          lon: gate.lon,
          atMs,
          receivedAtMs,
          mark,
          ...owner,
          ...(direction === undefined ? {} : { direction }),
        }
        onPassage(event)
        join(event, gate.joinMs)
      }
    },
    tick(nowMs) {
      if (party && nowMs > party.endsAtMs) endParty()
    },
    get unknown() {
      return [...unknown.values()]
    },
    get clockBehindMs() {
      return utcBehindMs
    },
    get latencyMs() {
      return latencyMs
    },
    get weak() {
      return weak
    },
  }
}

function withoutOwner({ seal, container, vehicle, ...event }: GateEvent): GateEvent {
  return event
}
