// The machine's draft: for any span, from the rooms' front doors as things were at its end. The same rows give the same paper, byte for byte: no time of making is in it.
import { dayLong, hourOf, momentOf } from './dates.ts'
import { type Facts, gatherFacts } from './facts.ts'
import { linesOf, type Paper, type PaperLanguage, SECTION_IDS, type Section } from './model.ts'
import { dayOf, type Period } from './period.ts'
import { SECTIONS } from './sections/index.ts'
import type { ReportSources } from './sources.ts'
import { wordsIn } from './words.ts'

export interface DraftOptions {
  readonly language: PaperLanguage
  /** Titles of the boxes of the approval line. */
  readonly boxes: readonly string[]
  /** Telephone of the room; empty: none printed. */
  readonly phone: string
}

export async function draftPaper(sources: ReportSources, period: Period, options: DraftOptions): Promise<Paper> {
  return paperOf(await gatherFacts(sources, period, dayOf(period.toMs)), options)
}

export function paperOf(facts: Facts, { language, boxes, phone }: DraftOptions): Paper {
  const { period, sources } = facts
  const say = wordsIn(language)
  const sections = SECTION_IDS.map(id => SECTIONS[id]({ facts, language, say }))
  return {
    kind: period.kind,
    language,
    title: say(`title.${period.kind}`),
    asOf: say('as-of', { day: dayLong(period.toMs, language), hour: hourOf(period.toMs, language) }),
    span: say('span', { from: momentOf(period.fromMs, language), to: momentOf(period.toMs, language) }),
    room: phone === '' ? say('room') : say('room-phone', { phone }),
    fromMs: period.fromMs,
    toMs: period.toMs,
    boxes: boxes.map(title => ({ title })),
    sections,
    grounds: groundsOf(sections),
    foot: [],
    ...(sources.isDemo() ? { warning: say('demo') } : {}),
  }
}

/** Different records that stand behind anything on the paper, by kind. */
export function groundsOf(sections: readonly Section[]): Readonly<Record<string, number>> {
  const seen = new Set<string>()
  const add = (sources: readonly string[] | undefined): void => {
    for (const one of sources ?? []) seen.add(one)
  }
  for (const { blocks } of sections) {
    for (const line of linesOf(blocks)) add(line.sources)
    for (const block of blocks) {
      if (block.kind === 'table') for (const row of block.rows) for (const one of row.cells) add(one.sources)
      if (block.kind === 'words') add(block.sources)
    }
  }
  const counts: Record<string, number> = {}
  for (const one of [...seen].sort()) {
    const kind = one.split(':')[0] ?? ''
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
