// Figures as files: CSV (UTF-8 with a byte-order mark for Korean Excel, cells that look like formulas neutralised) and XLSX (one sheet a chart, numbers as numbers). Each table says
// its period, site and when it was counted; in demo mode that it is demo data. What was not measured stays empty.
import { CSV_BEGIN, csvLine } from '#base/index.ts'
import type { Table } from '#platform/sheets/index.ts'
import type { MeasureDefinition, Unit, Words } from './schema.ts'

export function tablesCsv(tables: readonly Table[], above: readonly string[]): string {
  const parts = [CSV_BEGIN, ...above.map(line => csvLine([line]))]
  for (const { title, notes, head, rows } of tables) {
    parts.push(csvLine([]), csvLine([title]), ...notes.map(note => csvLine([note])), csvLine(head), ...rows.map(csvLine))
  }
  return parts.join('')
}

const UNIT_WORDS: Readonly<Record<Unit, Words>> = {
  cases: { ko: '건', en: 'cases' },
  won: { ko: '원', en: 'won' },
  g: { ko: 'g', en: 'g' },
  pieces: { ko: '점', en: 'pieces' },
  s: { ko: '초', en: 's' },
  min: { ko: '분', en: 'min' },
  share: { ko: '%', en: '%' },
  ships: { ko: '척', en: 'ships' },
  times: { ko: '회', en: 'times' },
  h: { ko: '시간', en: 'h' },
  plain: { ko: '', en: '' },
}

/** Name and unit of a column. */
export function headOf(measure: Pick<MeasureDefinition, 'ko' | 'en' | 'unit'>, english: boolean): string {
  const unit = english ? UNIT_WORDS[measure.unit].en : UNIT_WORDS[measure.unit].ko
  const name = english ? measure.en : measure.ko
  return unit ? `${name} (${unit})` : name
}
/** Shares as percent, one digit more than the screen shows; all else as it is. */
export const cellValue = (value: number | undefined, unit: Unit): number | undefined =>
  value === undefined ? undefined : unit === 'share' ? Math.round(value * 10_000) / 100 : Math.round(value * 1000) / 1000
