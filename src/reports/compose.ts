// One paper out of a report: the machine's draft (live, or as frozen), the changes by hand on it, the boxes as they are signed, number, standing, foot.

import { minuteOf } from './dates.ts'
import { changesBySection, edited, type Mark } from './edits.ts'
import { fingerprintOf, withFoot } from './foot.ts'
import type { ApprovalBox, Paper, PaperLanguage } from './model.ts'
import { type Report, signedCount, titlesIn } from './report.ts'
import { type PaperSay, wordsIn } from './words.ts'

export interface Composed {
  readonly paper: Paper
  readonly marks: readonly Mark[]
  /** SHA-256 of the content, as a signature covers it. */
  readonly fingerprint: string
}

export interface ComposeFacts {
  readonly auditHead?: string | undefined
  readonly key?: string | undefined
}

/** `report` undefined: nobody has touched it yet, the machine's draft as it is. */
export function composed(draft: Paper, report: Report | undefined, { auditHead, key }: ComposeFacts): Composed {
  const { paper, marks } = edited(draft, report?.edits ?? [])
  const say = wordsIn(draft.language)
  const standing = standingOf(report, say)
  const whole: Paper = {
    ...paper,
    ...(report ? { number: say('number', { n: report.number }), boxes: boxesOf(report, draft.language) } : {}),
    ...(standing === undefined ? {} : { standing }),
  }
  return {
    paper: withFoot(whole, {
      hand: changesBySection(marks),
      ...(report ? { version: report.versions.at(-1)?.n ?? 1 } : {}),
      ...(auditHead === undefined ? {} : { auditHead }),
      ...(key === undefined ? {} : { key }),
    }),
    marks,
    fingerprint: fingerprintOf(whole),
  }
}

function standingOf(report: Report | undefined, say: PaperSay): string | undefined {
  switch (report?.state) {
    case undefined:
    case 'writing':
      return say('standing.draft')
    case 'review':
      return say('standing.in-approval', { done: signedCount(report), all: report.boxes.length })
    case 'returned':
      return say('standing.returned')
    default:
      return undefined
  }
}

function boxesOf({ boxes }: Report, language: PaperLanguage): readonly ApprovalBox[] {
  const say = wordsIn(language)
  const titles = titlesIn(boxes, language)
  return boxes.map(({ title: own, signature, isSkipped }, n): ApprovalBox => {
    const title = titles[n] ?? own
    if (isSkipped) return { title, name: say('mark.final') }
    if (!signature) return { title }
    return {
      title,
      name: signature.by.name,
      at: minuteOf(signature.atMs),
      ...(signature.mark === undefined ? {} : { mark: say(`mark.${signature.mark}`) }),
    }
  })
}

/** Lines and cells that the machine would write otherwise now than when they were changed by hand. */
export const movedByMachine = (marks: readonly Mark[]): readonly string[] =>
  marks.filter(one => one.machineNow !== undefined || one.isGone).map(one => one.target)
