// The feed as a table for spreadsheets: one line an incident, in the reader's language, times in KST as they are read here; masked names only. Cells are no formulas.
import { CSV_BEGIN, csvLine } from '#base/index.ts'
import type { CellValue } from '#platform/sheets/index.ts'
import { GOODS_WORDS, KIND_WORDS, OUTCOME_WORDS, STATE_WORDS, URGENCY_WORDS } from './kind-words.ts'
import type { Incident } from './schema.ts'
import { titleOf } from './schema.ts'

const HEAD = {
  ko: [
    '사건번호',
    '소속',
    '접수(KST)',
    '발생(KST)',
    '종류',
    '급한 정도',
    '상태',
    '결과',
    '제목',
    '내용',
    '장소',
    '위도',
    '경도',
    '물품',
    '금액(원)',
    '사람',
    '연결',
    '답',
    '일일상황',
    '자료',
  ],
  en: [
    'number',
    'organisation',
    'received (KST)',
    'occurred (KST)',
    'kind',
    'urgency',
    'state',
    'outcome',
    'title',
    'text',
    'place',
    'lat',
    'lon',
    'goods',
    'value (won)',
    'people',
    'links',
    'answers',
    'daily report',
    'data',
  ],
}
const KST_MS = 9 * 3_600_000
/** What the demo told is said to be so wherever it goes. */
const isDemoIncident = (id: string): boolean => id.startsWith('demo-')
export const kstMinute = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 16).replace('T', ' ')

/** The columns, in the reader's language. */
export const exportHead = (english: boolean): readonly string[] => (english ? HEAD.en : HEAD.ko)

/** One line of the table. */
export function exportRow(one: Incident, english: boolean, nameOf: (organisation: string) => string): readonly CellValue[] {
  const of = english ? 1 : 0
  const values = one.goods.flatMap(goods => goods.valueWon ?? [])
  return [
    one.number,
    nameOf(one.organisation),
    kstMinute(one.reportedAtMs),
    kstMinute(one.occurredAtMs),
    KIND_WORDS[one.kind][of],
    URGENCY_WORDS[one.urgency][of],
    STATE_WORDS[one.state][of],
    one.outcome && OUTCOME_WORDS[one.outcome][of],
    titleOf(one.text),
    one.text,
    one.place?.label,
    one.place?.lat,
    one.place?.lon,
    one.goods.map(goods => `${GOODS_WORDS[goods.type][of]} ${goods.name} ${goods.quantity ?? ''}${goods.unit ?? ''}`.trim()).join('; '),
    values.length > 0 ? values.reduce((sum, value) => sum + value, 0) : undefined,
    one.people.map(person => person.masked).join('; '),
    one.links.map(link => link.label).join('; '),
    one.answers,
    one.dailyReport.isIn ? 'O' : '',
    isDemoIncident(one.id) ? (english ? 'demo' : '시연') : '',
  ]
}

/** Page by page, so that a long table is never held whole. */
export function* incidentsCsv(
  pages: Iterable<readonly Incident[]>,
  english: boolean,
  nameOf: (organisation: string) => string,
): Generator<string> {
  yield CSV_BEGIN + csvLine(exportHead(english))
  for (const page of pages) for (const one of page) yield csvLine(exportRow(one, english, nameOf))
}

/** All that fit, newest first, a page at a time. */
export function* pagesOf(page: (before: string | undefined) => readonly Incident[]): Generator<readonly Incident[]> {
  for (let before: string | undefined; ; ) {
    const list = page(before)
    before = list.at(-1)?.id
    if (before === undefined) return
    yield list
  }
}
