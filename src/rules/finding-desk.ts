// The desk of one detector: gives each situation its id, keeps its key open while it lasts, and tells the sink. A situation that opens again within the merge
// time goes on as the same finding. Deterministic: no clock of its own.
import { epochMs } from '#base/index.ts'
import type { FindingChange, FindingDesk, NewFinding } from './desk.ts'
import { type Finding, type FindingSink, findingKey, type Sentence, type Subject } from './finding.ts'

/** Reports older than this when judged: the finding is kept and shown, but makes no sound. */
const OLD_MS = 10 * 60_000
/** Closed situations are remembered this long, for merging; the longest merge time of any detector. */
const REMEMBERED_MS = 60 * 60_000

interface Kept {
  finding: Finding
  isOpen: boolean
}

export interface FindingDeskOptions {
  readonly detector: string
  readonly sink: FindingSink
  /** A situation of the same key that begins within this of the end of the last one is the same. */
  readonly mergeMs?: number
}

export interface KeptFindingDesk extends FindingDesk {
  readonly open: readonly Finding[]
  /** Records that do not change any more. */
  save(): readonly unknown[]
  restore(state: unknown): void
}

export function createFindingDesk({ detector, sink, mergeMs = 0 }: FindingDeskOptions): KeptFindingDesk {
  const kept = new Map<string, Kept>()
  const keyOf = (subjects: readonly Subject[]): string => findingKey(detector, subjects)

  const change = (one: Kept, next: Finding, kind: 'updated' | 'ended' | 'withdrawn'): void => {
    one.finding = next
    sink({ change: kind, finding: next })
  }

  const forgetOld = (nowMs: number): void => {
    for (const [key, one] of kept)
      if (!one.isOpen && nowMs - one.finding.raisedAt > REMEMBERED_MS && nowMs - (one.finding.to ?? 0) > Math.max(mergeMs, OLD_MS))
        kept.delete(key)
  }

  return {
    get open() {
      return [...kept.values()].filter(one => one.isOpen).map(one => one.finding)
    },
    isOpen: subjects => kept.get(keyOf(subjects))?.isOpen ?? false,
    raise(found: NewFinding) {
      const key = keyOf(found.subjects)
      const before = kept.get(key)
      if (before?.isOpen) return
      if (before?.finding.to !== undefined && before.finding.withdrawnAt === undefined && found.fromMs - before.finding.to <= mergeMs) {
        const { to: _ended, ...rest } = before.finding
        before.isOpen = found.toMs === undefined
        change(
          before,
          {
            ...rest,
            severity: graver(rest.severity, found.severity),
            numbers: found.numbers,
            why: found.why,
            ...(found.toMs === undefined ? {} : { to: epochMs(found.toMs) }),
          },
          'updated',
        )
        return
      }
      const finding: Finding = {
        id: `${key}|${new Date(found.fromMs).toISOString()}`,
        detector,
        subjects: found.subjects,
        from: epochMs(found.fromMs),
        raisedAt: epochMs(found.raisedAtMs),
        severity: found.severity,
        live: found.raisedAtMs - (found.decidedByMs ?? found.toMs ?? found.raisedAtMs) <= OLD_MS,
        numbers: found.numbers,
        evidence: found.evidence?.filter(mark => mark >= 0) ?? [],
        why: found.why,
        ...(found.place ? { place: found.place } : {}),
        ...(found.toMs === undefined ? {} : { to: epochMs(found.toMs) }),
      }
      kept.set(key, { finding, isOpen: found.toMs === undefined })
      if (kept.size % 256 === 0) forgetOld(found.raisedAtMs)
      sink({ change: 'raised', finding })
    },
    update(subjects, changes: FindingChange) {
      const one = kept.get(keyOf(subjects))
      if (!one) return
      const { toMs, ...rest } = changes
      if (!isNew(one.finding, changes)) return
      change(one, { ...one.finding, ...rest, ...(toMs === undefined ? {} : { to: epochMs(toMs) }) }, 'updated')
    },
    end(subjects, toMs) {
      const one = kept.get(keyOf(subjects))
      if (!one?.isOpen) return
      one.isOpen = false
      change(one, { ...one.finding, to: epochMs(Math.max(toMs, one.finding.from)) }, 'ended')
    },
    withdraw(subjects, atMs, because: Sentence) {
      const one = kept.get(keyOf(subjects))
      if (!one || one.finding.withdrawnAt !== undefined) return
      one.isOpen = false
      change(one, { ...one.finding, withdrawnAt: epochMs(atMs), withdrawnBecause: because }, 'withdrawn')
    },
    save: () => [...kept].map(([key, one]) => [key, { ...one }]),
    restore(state) {
      for (const [key, one] of state as [string, Kept][]) kept.set(key, one)
    },
  }
}

/** Whether the change says anything that the finding does not. */
function isNew(finding: Finding, { toMs, numbers, why, place, severity }: FindingChange): boolean {
  return (
    (toMs !== undefined && toMs !== finding.to) ||
    (severity !== undefined && severity !== finding.severity) ||
    (why !== undefined && (why.ko !== finding.why.ko || why.en !== finding.why.en)) ||
    (place !== undefined && (place.lat !== finding.place?.lat || place.lon !== finding.place?.lon)) ||
    (numbers !== undefined && Object.entries(numbers).some(([name, value]) => finding.numbers[name] !== value))
  )
}

const ORDER = ['low', 'medium', 'high', 'critical', 'emergency'] as const
export const graver = (a: Finding['severity'], b: Finding['severity']): Finding['severity'] =>
  ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b
