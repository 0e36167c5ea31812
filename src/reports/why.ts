// ‘왜 이 값’: the question a line or figure answers, whether a recount from the rows gives the same, and the records behind it, each to be opened.
import { findCell, findLine } from './edits.ts'
import type { Paper, PaperLanguage, Why } from './model.ts'
import { QUERIES } from './queries.ts'
import type { Reports } from './reports.ts'
import type { ReportSources } from './sources.ts'

/** A figure may stand on thousands of ships: so many are named, the rest is counted. */
const MOST = 200

export interface WhyOptions {
  readonly reports: Pick<Reports, 'paper' | 'recount'>
  readonly sources: Pick<ReportSources, 'record'>
}

export async function whyView({ reports, sources }: WhyOptions, id: string, target: string, language: PaperLanguage) {
  const composed = await reports.paper(id, language)
  const found = composed && findWhy(composed.paper, target)
  if (!found) return undefined
  const { query, sources: from = [] } = found.why
  const again = query === undefined || query === 'typed' ? undefined : await reports.recount(id, language)
  const machine = again && findWhy(again, target)
  const mark = composed.marks.find(one => one.target === target && one.deed === 'text')
  return {
    target,
    text: found.text,
    ...(query === undefined ? {} : { query: { id: query, ...QUERIES[query] } }),
    // What people changed is compared as the machine had it.
    ...(machine ? { recount: { text: machine.text, isSame: machine.text === (mark?.before ?? found.text) } } : {}),
    total: from.length,
    sources: from.slice(0, MOST).map(source => {
      const [kind = '', ...rest] = source.split(':')
      const key = rest.join(':')
      const record = sources.record(kind, key)
      return {
        kind,
        id: key,
        ...(record
          ? {
              label: record.label,
              ...(record.note ? { note: record.note } : {}),
              ...(record.atMs === undefined ? {} : { at: new Date(record.atMs).toISOString() }),
              ...(record.level === undefined ? {} : { level: record.level }),
            }
          : {}),
      }
    }),
  }
}

/** A line, a cell, or the words below a table. */
function findWhy(paper: Paper, target: string): { readonly text: string; readonly why: Partial<Why> } | undefined {
  const found =
    findLine(paper, target) ??
    findCell(paper, target) ??
    paper.sections.flatMap(one => one.blocks).find(block => block.kind === 'words' && block.id === target)
  if (!found || !('text' in found)) return undefined
  const { text, query, sources } = found
  return { text, why: { ...(query === undefined ? {} : { query }), ...(sources === undefined ? {} : { sources }) } }
}
