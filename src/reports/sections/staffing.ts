// 근무 현황: who stands at the hour, by kind of place: seats by the roster, empty ones, stand-ins, and hand-overs that were not finished.
import type { OrganisationKind } from '#access/index.ts'
import type { Block, Cell, Row } from '../model.ts'
import type { Both, SiteStaff } from '../sources.ts'
import { empty, type SectionInput, type SectionMaker, shortName, why } from './section.ts'

const KINDS = ['head-office', 'customs-office', 'control-centre', 'monitoring-centre'] as const satisfies readonly OrganisationKind[]

export const staffing: SectionMaker = input => {
  const { facts, say, language } = input
  const { staff } = facts
  // Nobody has written a roster: nothing is known of who stands, which is not ‘nobody’.
  if (!staff)
    return empty('staffing', input, { isNarrow: true, blocks: [{ kind: 'words', id: 'staffing/none', text: say('staffing.none') }] })
  const rows = KINDS.flatMap(kind => {
    const own = staff.filter(one => facts.sources.organisations().get(one.organisation)?.kind === kind)
    return own.length === 0 ? [] : [rowOf(kind, say(`staffing.${kind}`), own)]
  })
  const sum: Row = { ...rowOf('sum', say('staffing.sum'), staff), isSum: true }
  return {
    id: 'staffing',
    title: say('section.staffing'),
    isNarrow: true,
    state: 'machine',
    blocks: [
      {
        kind: 'table',
        id: 'staffing/table',
        columns: [
          { id: 'group', title: say('staffing.group'), width: 1.9 },
          { id: 'sites', title: say('staffing.sites'), width: 1.3, adds: true },
          { id: 'seats', title: say('staffing.seats'), width: 0.9, adds: true },
          { id: 'empty', title: say('staffing.empty'), width: 0.9, adds: true },
          { id: 'stand-ins', title: say('staffing.stand-ins'), width: 0.9, adds: true },
          { id: 'open', title: say('staffing.open'), width: 1.3, adds: true },
        ],
        // The English page is a summary: the sum alone.
        rows: language === 'en' ? [{ id: 'sum', cells: sum.cells }] : [...rows, sum],
      },
      ...wordsOf(input, staff),
    ],
  }
}

function rowOf(id: string, title: string, staff: readonly SiteStaff[]): Row {
  const standing = staff.flatMap(({ organisation, watch }) => (watch ? [{ organisation, ...watch }] : []))
  const onDuty = why(
    'staff.on-duty',
    standing.map(one => `organisation:${one.organisation}`),
  )
  const open = staff.flatMap(({ handOver }) => (handOver && !handOver.isDone ? [`hand-over:${handOver.id}`] : []))
  const sum = (of: (one: (typeof standing)[number]) => number): number => standing.reduce((all, one) => all + of(one), 0)
  const cell = (n: number, because: ReturnType<typeof why>, isBad = false): Cell => ({
    text: String(n),
    n,
    ...because,
    ...(isBad && n > 0 ? { tone: 'alert' as const } : {}),
  })
  return {
    id,
    cells: [
      { text: title },
      cell(standing.length, onDuty),
      cell(
        sum(one => one.seats),
        onDuty,
      ),
      cell(
        sum(one => one.empty),
        onDuty,
        true,
      ),
      cell(
        sum(one => one.standIns),
        onDuty,
      ),
      cell(open.length, why('staff.hand-overs', open), true),
    ],
  }
}

/** The room's own watch; who has not handed over, by name. */
function wordsOf(input: SectionInput, staff: readonly SiteStaff[]): readonly Block[] {
  const { say, language, facts } = input
  const named = (both: Both): string => both[language]
  const room = staff.find(one => facts.sources.organisations().get(one.organisation)?.kind === 'head-office')?.watch
  const late = staff.filter(one => one.handOver && !one.handOver.isDone).map(one => shortName(input, one.organisation))
  const text = [
    ...(room ? [say('staffing.crew', { crew: named(room.crew), watch: named(room.watch) })] : []),
    ...(late.length > 0 ? [say('staffing.late', { names: late.join(language === 'ko' ? '·' : ', ') })] : []),
  ]
  return text.length === 0 ? [] : [{ kind: 'words', id: 'staffing/words', text: text.join(' ') }]
}
