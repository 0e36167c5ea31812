// A report's life, pure: what a deed makes of it, or why it is refused. 작성 중 → 검토 중 → 결재 완료; 반려 sends it back to be written; what comes to light later is told in the
// next day's paper (정정), never changed in the old one.
import { ok, type Post, type Result, refused } from '#base/index.ts'
import type { Author, Edit, EditDeed } from './edits.ts'
import type { PaperKind, PaperLanguage } from './model.ts'

export const REPORT_STATES = ['writing', 'review', 'returned', 'approved', 'corrected'] as const
export type ReportState = (typeof REPORT_STATES)[number]

export interface BoxPlan {
  readonly title: string
  /** On the English edition. */
  readonly titleEn?: string
  /** Who holds this post at head office may sign. */
  readonly post: Post
}
export interface Signature {
  readonly by: Author
  readonly atMs: number
  /** 대결: in the place of who is absent. 전결: decided finally here, those above do not sign. */
  readonly mark?: 'stand-in' | 'final'
  /** SHA-256 of the paper as it was signed. */
  readonly fingerprint: string
}
export interface Box extends BoxPlan {
  readonly signature?: Signature
  /** Nobody signs here: it was decided below (전결). */
  readonly isSkipped?: true
}

export interface Comment {
  readonly id: string
  readonly target: string
  readonly text: string
  readonly by: Author
  readonly atMs: number
  readonly settled?: { readonly by: Author; readonly atMs: number; readonly text: string }
}

export interface Version {
  readonly n: number
  readonly atMs: number
  readonly by: string
  readonly revision: number
}

export interface Seal {
  readonly atMs: number
  /** SHA-256 by form: json, pdf, docx, hwpx, html. */
  readonly sha256: Readonly<Record<string, string>>
  readonly bytes: Readonly<Record<string, number>>
  /** Ed25519 over the manifest, base64; fingerprint of the key. */
  readonly signature: string
  readonly key: string
  readonly manifest: string
}

export interface Report {
  readonly id: string
  readonly kind: PaperKind
  readonly day: string
  readonly fromMs: number
  readonly toMs: number
  readonly number: string
  readonly state: ReportState
  /** Counts every step. */
  readonly revision: number
  readonly edits: readonly Edit[]
  readonly comments: readonly Comment[]
  readonly boxes: readonly Box[]
  readonly versions: readonly Version[]
  readonly returnedBecause?: { readonly by: Author; readonly atMs: number; readonly text: string }
  readonly seal?: Seal
  /** Facts that came after: told in the paper of that day. */
  readonly corrections: readonly {
    readonly id: string
    readonly text: string
    readonly by: Author
    readonly atMs: number
    readonly inReport: string
  }[]
}

export type ReportDeed =
  | {
      readonly deed: 'edit'
      readonly edit: EditDeed
      readonly language: Edit['language']
      readonly base: number
      readonly before: string | undefined
      readonly reason: string
    }
  | { readonly deed: 'undo'; readonly edit: string }
  | { readonly deed: 'comment'; readonly target: string; readonly text: string }
  | { readonly deed: 'settle'; readonly comment: string; readonly text: string }
  | {
      readonly deed: 'sign'
      readonly as?: 'stand-in' | 'final'
      /** What the signer saw. */
      readonly fingerprint: string
      readonly isBlocked: boolean
      readonly posts: readonly Post[]
      /** Nobody else is there: one person may fill all boxes. */
      readonly isAlone: boolean
      /** First box that may decide finally. */
      readonly finalFrom: number
    }
  | { readonly deed: 'return'; readonly text: string; readonly posts: readonly Post[] }
  | { readonly deed: 'correct'; readonly text: string; readonly inReport: string }

export interface By {
  readonly author: Author
  /** Client-made: the same is done once. */
  readonly id: string
  readonly atMs: number
}

/** Why a deed is refused, with what stands there now where two wrote at the same words. */
export interface Refusal {
  readonly code: RefusalCode
  readonly now?: { readonly text: string; readonly by: string }
}
export type RefusalCode =
  | 'approved-already'
  | 'changed-meanwhile'
  | 'no-target'
  | 'text-empty'
  | 'text-long'
  | 'no-edit'
  | 'no-comment'
  | 'not-your-box'
  | 'signed-already'
  | 'blocked'
  | 'not-final'
  | 'nothing-to-return'
  | 'not-approved'
const no = (code: RefusalCode, now?: Refusal['now']): Result<never, Refusal> => refused({ code, ...(now ? { now } : {}) })

/** A box as it was before anybody signed. */
const planOf = ({ title, titleEn, post }: Box): BoxPlan => ({ title, ...(titleEn === undefined ? {} : { titleEn }), post })
export const titlesIn = (boxes: readonly BoxPlan[], language: PaperLanguage): readonly string[] =>
  boxes.map(({ title, titleEn }) => (language === 'en' ? (titleEn ?? title) : title))

export const isDecided = ({ state }: Report): boolean => state === 'approved' || state === 'corrected'
/** The box that is next; undefined: all are done. */
export const nextBox = ({ boxes }: Report): number => boxes.findIndex(one => !one.signature && !one.isSkipped)
export const signedCount = ({ boxes }: Report): number => boxes.filter(one => one.signature || one.isSkipped).length

export function newReport(
  plan: Pick<Report, 'id' | 'kind' | 'day' | 'fromMs' | 'toMs' | 'number'>,
  boxes: readonly BoxPlan[],
  atMs: number,
): Report {
  return {
    ...plan,
    state: 'writing',
    revision: 1,
    edits: [],
    comments: [],
    boxes,
    versions: [{ n: 1, atMs, by: 'mangru', revision: 1 }],
    corrections: [],
  }
}

export function done(report: Report, deed: ReportDeed, by: By): Result<Report, Refusal> {
  if (isDecided(report) && deed.deed !== 'correct') return no('approved-already')
  const next = { ...report, revision: report.revision + 1 }
  switch (deed.deed) {
    case 'edit':
      return withEdit(next, deed, by)
    case 'undo': {
      const edit = report.edits.find(one => one.id === deed.edit)
      if (!edit || edit.undone) return no('no-edit')
      return ok({
        ...next,
        edits: report.edits.map(one =>
          one === edit ? { ...one, undone: { by: by.author, atMs: by.atMs }, revision: next.revision } : one,
        ),
      })
    }
    case 'comment':
      if (deed.text.trim() === '') return no('text-empty')
      return ok({
        ...next,
        comments: [...report.comments, { id: by.id, target: deed.target, text: deed.text.trim(), by: by.author, atMs: by.atMs }],
      })
    case 'settle': {
      const comment = report.comments.find(one => one.id === deed.comment)
      if (!comment || comment.settled) return no('no-comment')
      const settled = { by: by.author, atMs: by.atMs, text: deed.text.trim() }
      return ok({ ...next, comments: report.comments.map(one => (one === comment ? { ...one, settled } : one)) })
    }
    case 'sign':
      return signed(next, deed, by)
    case 'return': {
      if (deed.text.trim() === '') return no('text-empty')
      const at = nextBox(report)
      if (at < 1 || report.state !== 'review') return no('nothing-to-return')
      // Whoever is to sign next, or stands above, may send it back.
      if (!report.boxes.slice(at).some(one => deed.posts.includes(one.post))) return no('not-your-box')
      return ok({
        ...next,
        state: 'returned',
        boxes: report.boxes.map(planOf),
        returnedBecause: { by: by.author, atMs: by.atMs, text: deed.text.trim() },
      })
    }
    case 'correct':
      if (!isDecided(report)) return no('not-approved')
      if (deed.text.trim() === '') return no('text-empty')
      return ok({
        ...next,
        state: 'corrected',
        corrections: [...report.corrections, { id: by.id, text: deed.text.trim(), by: by.author, atMs: by.atMs, inReport: deed.inReport }],
      })
  }
}

const targetOf = (deed: EditDeed): string => (deed.deed === 'order' ? 'order' : deed.deed === 'add' ? '' : deed.target)
const MAX_TEXT = 1000

function withEdit(
  next: Report,
  { edit, language, base, before, reason }: Extract<ReportDeed, { deed: 'edit' }>,
  by: By,
): Result<Report, Refusal> {
  if ('text' in edit && edit.text.trim() === '') return no('text-empty')
  if ('text' in edit && edit.text.length > MAX_TEXT) return no('text-long')
  if (before === undefined) return no('no-target')
  // Two at the same words: whoever came second sees what the first wrote, and loses nothing.
  const target = targetOf(edit)
  const other = next.edits
    .filter(
      one =>
        target !== '' &&
        targetOf(one) === target &&
        one.language === language &&
        one.revision > base &&
        (one.undone?.by ?? one.by).id !== by.author.id,
    )
    .at(-1)
  if (other)
    return no('changed-meanwhile', {
      text: 'text' in other && !other.undone ? other.text : before,
      by: (other.undone?.by ?? other.by).name,
    })
  const made: Edit = {
    ...edit,
    ...('text' in edit ? { text: edit.text.trim() } : {}),
    id: by.id,
    language,
    by: by.author,
    atMs: by.atMs,
    reason: reason.trim(),
    revision: next.revision,
    before,
  }
  return ok({ ...next, edits: [...next.edits, made], ...(next.state === 'returned' ? { state: 'writing' as const } : {}) })
}

function signed(
  next: Report,
  { as, fingerprint, isBlocked, posts, isAlone, finalFrom }: Extract<ReportDeed, { deed: 'sign' }>,
  by: By,
): Result<Report, Refusal> {
  const at = nextBox(next)
  const box = next.boxes[at]
  if (!box) return no('signed-already')
  if (isBlocked) return no('blocked')
  if (next.boxes.some(one => one.signature?.by.id === by.author.id) && !isAlone) return no('signed-already')
  // A stand-in holds the post of the box before or one above.
  const may = as === 'stand-in' ? next.boxes.slice(Math.max(0, at - 1)).some(one => posts.includes(one.post)) : posts.includes(box.post)
  if (!may) return no('not-your-box')
  if (as === 'final' && (at < finalFrom || at === next.boxes.length - 1)) return no('not-final')
  const signature: Signature = { by: by.author, atMs: by.atMs, fingerprint, ...(as ? { mark: as } : {}) }
  const boxes = next.boxes.map(
    (one, n): Box => (n === at ? { ...one, signature } : n > at && as === 'final' ? { ...one, isSkipped: true } : one),
  )
  const isLast = as === 'final' || at === next.boxes.length - 1
  return ok({
    ...withVersion(next, by),
    state: isLast ? 'approved' : 'review',
    boxes,
  })
}

/** Changes since the last version make a new one when somebody signs. */
function withVersion(report: Report, by: By): Report {
  const last = report.versions.at(-1)
  if (!last || !report.edits.some(one => one.revision > last.revision)) return report
  return { ...report, versions: [...report.versions, { n: last.n + 1, atMs: by.atMs, by: by.author.name, revision: report.revision }] }
}
