// A report as the API gives it: times ISO 8601, absent values left out.
import type { Post } from '#base/index.ts'
import type { MailLine } from '#platform/mail/index.ts'
import { checksOf, type OfficesState } from './checks.ts'
import { type Composed, movedByMachine } from './compose.ts'
import { type Box, type BoxPlan, isDecided, nextBox, type Report, signedCount } from './report.ts'
import type { ReportsSettings } from './settings.ts'
import type { OfficeLine } from './sources.ts'

const iso = (ms: number): string => new Date(ms).toISOString()

export const headView = (report: Report) => ({
  id: report.id,
  kind: report.kind,
  day: report.day,
  asOf: iso(report.toMs),
  number: report.number,
  state: report.state,
  revision: report.revision,
  version: report.versions.at(-1)?.n ?? 1,
  signed: signedCount(report),
  boxes: report.boxes.length,
  ...(isDecided(report) || nextBox(report) < 0 ? {} : { next: report.boxes[nextBox(report)]?.post }),
  signers: report.boxes.flatMap(box => box.signature?.by.id ?? []),
})

export interface FullFacts {
  readonly report: Report | undefined
  readonly id: string
  readonly composed: Composed
  readonly offices: OfficesState | undefined
  readonly missing: readonly string[]
  readonly isFrozen: boolean
  readonly mail: readonly MailLine[]
  /** As the settings have them: where nobody has touched the report. */
  readonly boxes: readonly BoxPlan[]
  readonly you: You
}
/** Who looks, and may sign what. */
export interface You {
  readonly id: string
  readonly posts: readonly Post[]
  readonly isAlone: boolean
  readonly finalFrom: number
  /** The draft of this report does not stand yet. */
  readonly isEarly: boolean
}

/** What the one who looks may do with the box that is next: told, so that the screen offers nothing that is refused. */
function signingOf(report: Report | undefined, plan: readonly BoxPlan[], { id, posts, isAlone, finalFrom, isEarly }: You) {
  const boxes = report?.boxes ?? plan
  const at = report ? nextBox(report) : 0
  const box = boxes[at]
  if (!box || (report && isDecided(report))) return {}
  if (isEarly) return { early: true }
  const hasSigned = !isAlone && (report?.boxes ?? []).some(one => one.signature?.by.id === id)
  const isOwn = posts.includes(box.post)
  return {
    ...(isOwn && !hasSigned ? { sign: true } : {}),
    ...(!isOwn && !hasSigned && boxes.slice(Math.max(0, at - 1)).some(one => posts.includes(one.post)) ? { standIn: true } : {}),
    ...(isOwn && !hasSigned && at >= Math.min(finalFrom, boxes.length) - 1 && at < boxes.length - 1 ? { final: true } : {}),
    ...(report?.state === 'review' && boxes.slice(at).some(one => posts.includes(one.post)) ? { return: true } : {}),
  }
}

/** `since`: KST day of the first record; before it there is nothing to report. */
export const rulesView = (since: string | undefined, { boxes, finalFrom, timetable, mailTo, mailUnapprovedTo }: ReportsSettings) => ({
  boxes,
  finalFrom,
  /** Minutes of the KST day. */
  timetable,
  mailTo,
  mailUnapprovedTo,
  ...(since === undefined ? {} : { since }),
})

export function fullView({ report, id, composed, offices, missing, isFrozen, mail, boxes, you }: FullFacts) {
  const { paper, marks, fingerprint } = composed
  const boxesNow: readonly Box[] = report?.boxes ?? boxes
  return {
    id,
    state: report?.state ?? 'writing',
    revision: report?.revision ?? 0,
    isFrozen,
    paper,
    fingerprint,
    marks: marks.map(({ atMs, ...mark }) => ({ ...mark, at: iso(atMs) })),
    undone: (report?.edits ?? []).filter(one => one.undone).length,
    checks: checksOf(paper, offices, movedByMachine(marks)),
    missing,
    you: signingOf(report, boxes, you),
    nextBox: report ? nextBox(report) : 0,
    boxes: boxesNow.map(box => ({
      title: box.title,
      post: box.post,
      ...(box.isSkipped ? { isSkipped: true } : {}),
      ...(box.signature
        ? {
            by: box.signature.by,
            at: iso(box.signature.atMs),
            ...(box.signature.mark ? { mark: box.signature.mark } : {}),
            /** What was signed is what stands here now. */
            isSame: box.signature.fingerprint === fingerprint,
          }
        : {}),
    })),
    comments: (report?.comments ?? []).map(({ atMs, settled, ...one }) => ({
      ...one,
      at: iso(atMs),
      ...(settled ? { settled: { ...settled, atMs: undefined, at: iso(settled.atMs) } } : {}),
    })),
    versions: (report?.versions ?? []).map(({ atMs, ...one }) => ({ ...one, at: iso(atMs) })),
    corrections: (report?.corrections ?? []).map(({ atMs, ...one }) => ({ ...one, at: iso(atMs) })),
    ...(report?.returnedBecause ? { returned: { ...report.returnedBecause, at: iso(report.returnedBecause.atMs) } } : {}),
    ...(report?.seal
      ? { seal: { at: iso(report.seal.atMs), sha256: report.seal.sha256, key: report.seal.key, signature: report.seal.signature } }
      : {}),
    mail: mail.map(({ changedAtMs, ...line }) => ({ ...line, at: iso(changedAtMs) })),
  }
}

export const lineView = ({ atMs, ...line }: OfficeLine) => ({ ...line, at: iso(atMs) })
