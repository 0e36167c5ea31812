// The section 전자봉인: figures of the span by the clock of the paper, the gravest alarms in words, and each with what stands behind it.
import { afterEach, expect, test } from 'vitest'
import { madePlan } from '#testkit/made-journey.ts'
import { AS_OF, kst, type ReportDesk, reportDesk } from '#testkit/report-desk.ts'
import { draftPaper } from '../draft.ts'
import { findCell } from '../edits.ts'
import { linesOf } from '../model.ts'
import { periodOf } from '../period.ts'

const desks: ReportDesk[] = []
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})
const journey = (id: string, standing: { departedAtMs?: number; arrivedAtMs?: number }, overAtMs?: number) => ({
  plan: madePlan({ id, seals: [{ seal: `jt808:${id}`, fitting: 'container' }] }),
  standing: { journey: id, state: 'under-way' as const, side: [], word: 'normal' as const, open: [], ...standing },
  ...(overAtMs === undefined ? {} : { overAtMs }),
})
const JOURNEYS = [
  journey('planned', {}),
  journey('left-and-there', { departedAtMs: kst('02:00'), arrivedAtMs: kst('05:00') }),
  journey('still-driving', { departedAtMs: kst('06:30') }),
  journey('of-the-day-before', { departedAtMs: AS_OF - 30 * 3_600_000, arrivedAtMs: kst('01:00') }, kst('02:00')),
  journey('leaves-later', { departedAtMs: AS_OF + 60_000 }),
  journey('arrives-later', { departedAtMs: kst('06:00'), arrivedAtMs: AS_OF + 60_000 }),
  journey('cancelled', { departedAtMs: kst('03:00') }, kst('03:30')),
]

test('what left, arrived and was under way at the hour of the paper, and what was wrong, each with its records', async () => {
  const desk = await reportDesk({ journeys: () => JOURNEYS })
  desks.push(desk)
  await desk.alarm({ id: 'opened', at: '05:10', level: 1, detector: 'seal-opened', office: 'busan', ship: 1 })
  await desk.alarm({ id: 'battery', at: '05:20', level: 3, detector: 'low-battery', office: 'busan', ship: 1 })
  await desk.alarm({ id: 'ship', at: '05:30', level: 1, detector: 'rendezvous', office: 'busan', ship: 1 })
  const paper = await draftPaper(desk.sources, periodOf('daily', AS_OF), { language: 'ko', boxes: [], phone: '' })
  const cell = (id: string) => findCell(paper, `seals/table/span/${id}`)
  expect(['left', 'arrived', 'under-way', 'violations'].map(id => cell(id)?.text)).toEqual(['4', '2', '2', '2'])
  expect(cell('under-way')?.sources).toEqual(['journey:still-driving', 'journey:arrives-later'])
  expect(cell('violations')?.sources).toEqual(['alarm:opened', 'alarm:battery'])
  const section = paper.sections.find(one => one.id === 'seals')
  expect(linesOf(section?.blocks ?? []).map(line => [line.lead, line.text.slice(0, 14)])).toEqual([['부산', '11. 24. 05:10 ']])
  expect(findCell(paper, 'summary/table/now/seals')?.text).toBe('2건')
  expect(findCell(paper, 'equipment/table/seals/run')?.text).toBe('2')
})
