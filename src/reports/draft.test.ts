import { afterEach, expect, test } from 'vitest'
import { AS_OF, kst, NIGHT_ALARMS, NIGHT_INCIDENTS, type ReportDesk, reportDesk } from '#testkit/report-desk.ts'
import { checksOf } from './checks.ts'
import { draftPaper } from './draft.ts'
import { findCell, findLine } from './edits.ts'
import { linesOf, type Paper, type SectionId } from './model.ts'
import { asOfOf, periodOf } from './period.ts'

const desks: ReportDesk[] = []
async function openDesk(...change: Parameters<typeof reportDesk>): Promise<ReportDesk> {
  const desk = await reportDesk(...change)
  desks.push(desk)
  return desk
}
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
})
const draft = (desk: ReportDesk, toMs = AS_OF, language: 'ko' | 'en' = 'ko'): Promise<Paper> =>
  draftPaper(desk.sources, periodOf('daily', toMs), { language, boxes: ['담당', '국장'], phone: '' })
const section = (paper: Paper, id: SectionId) => paper.sections.find(one => one.id === id)
const cell = (paper: Paper, id: string) => findCell(paper, id)?.text
const texts = (paper: Paper, id: SectionId): readonly string[] =>
  linesOf(section(paper, id)?.blocks ?? []).map(line => `${line.lead ? `(${line.lead}) ` : ''}${line.text}`)

test('the paper of the scripted night reads as it is kept in testdata', async () => {
  const desk = await openDesk()
  await desk.night()
  const paper = await draft(desk)
  // The picture's bytes have their own test; here they would hide the words.
  const words = JSON.stringify(paper, (key, value) => (key === 'svg' ? '…' : value), 1)
  await expect(`${words}\n`).toMatchFileSnapshot('./testdata/night.ko.json')
  expect(checksOf(paper, undefined, []).filter(check => !check.isGood)).toEqual([])
})

test('every figure of the night is what a recount of the script gives', async () => {
  const desk = await openDesk()
  await desk.night()
  const paper = await draft(desk)
  const acted = NIGHT_ALARMS.flatMap(one => (one.actedAfterMin === undefined ? [] : [one.actedAfterMin]))
  expect(cell(paper, 'summary/table/now/alarms')).toBe(String(NIGHT_ALARMS.length))
  expect(cell(paper, 'summary/table/now/response')).toBe(`${(acted.reduce((a, b) => a + b) / acted.length).toFixed(1)}분`)
  expect(cell(paper, 'summary/table/now/seizures')).toBe(`${NIGHT_INCIDENTS.filter(one => one.closed?.[1] === 'seized').length}건`)
  expect(cell(paper, 'summary/table/now/searches')).toBe('1')
  for (const office of ['busan', 'incheon', 'ulsan', 'yeosu'])
    expect(cell(paper, `ships/table/${office}/alarms`)).toBe(String(NIGHT_ALARMS.filter(one => one.office === office).length))
  expect(cell(paper, 'ships/table/hq/alarms')).toBe('1')
  expect(cell(paper, 'ships/table/sum/alarms')).toBe('4')
  expect(cell(paper, 'ships/table/sum/lost')).toBe('2')
  expect(cell(paper, 'seizures/table/span/smuggled')).toBe('1건 / 8.1백만')
  expect(cell(paper, 'seizures/table/span/narcotics')).toBe('1건 / 12g')
  expect(cell(paper, 'seizures/table/span/sum')).toBe('2건')
})

test('main events are led by their office, dated, clipped, with course and open order below them', async () => {
  const desk = await openDesk()
  await desk.night()
  expect(texts(await draft(desk), 'events')).toEqual([
    '(관세국경감시과) 해상 환적 의심 냉동운반선 검색 (11. 24.)',
    '02:28경 쓰시마 북방 14해리, 냉동운반선 ORIENT FROST 7과 어선 HAE DONG 88이 182 m 간격으로 47분간 접선함',
    '03:22 냉동명태 1,240톤 적하목록과 대조 중임',
    '09:00까지 보고 지시(부산세관)',
    '(부산세관) 선용품 미신고 반출, 담배 180보루 유치 (11. 24.)',
    '02:33경 감천항 3부두, 1톤 트럭 2분 31초 정차, 상자 3개 적재',
    '06:10 적발 종결(유치, 조사 의뢰)',
    '(관세국경감시과) 해상 접선 (ORIENT FROST 7) (11. 24.)',
    '02:29경 ORIENT FROST 7 rendezvous',
    '06:30 적발, 감시정 출동, 승선 검색',
  ])
})

test('what comes after the hour is not in its paper: neither new records nor later changes of old ones', async () => {
  const desk = await openDesk()
  await desk.night()
  const before = JSON.stringify(await draft(desk))
  desk.hand.nowMs = AS_OF + 60_000
  await desk.incidents.act('transfer', { deed: 'state', to: 'closed', outcome: 'seized', note: '40톤 유치' }, desk.by())
  await desk.incidents.act('tobacco', { deed: 'correct', after: { text: '다른 글' }, reason: '잘못 적음' }, desk.by())
  await desk.incidents.act('tobacco', { deed: 'daily-report', isIn: false }, desk.by())
  expect(JSON.stringify(await draft(desk))).toBe(before)
})

test('the first moment of the next day is the next day’s', async () => {
  const desk = await openDesk()
  await desk.alarm({ id: 'last', at: '06:59', level: 3, detector: 'loitering', ship: 1 })
  await desk.store.write([{ sql: 'UPDATE alarms SET raised_ms = ?', values: [AS_OF - 1] }])
  expect(cell(await draft(desk), 'summary/table/now/alarms')).toBe('1')
  await desk.store.write([{ sql: 'UPDATE alarms SET raised_ms = ?', values: [AS_OF] }])
  expect(cell(await draft(desk), 'summary/table/now/alarms')).toBe('0')
})

test('on a leap day the paper of 29 February tells of the night over midnight, and its months of 28 days before', async () => {
  const LEAP = asOfOf('2028-02-29')
  const desk = await openDesk({ recordsSinceMs: () => 0 })
  const at = (text: string): number => Date.parse(`${text}+09:00`)
  const alarms: readonly (readonly [string, number])[] = [
    ['before', at('2028-02-28T06:59:59.999')],
    ['first', at('2028-02-28T07:00')],
    ['late', at('2028-02-28T23:59:59.999')],
    ['midnight', at('2028-02-29T00:00')],
    ['last', at('2028-02-29T06:59:59.999')],
    ['next', at('2028-02-29T07:00')],
  ]
  await desk.store.write(
    alarms.map(([id, atMs]) => desk.alarmAt({ id, at: '00:00', atMs, level: 3, detector: 'loitering', ship: 440_000_007 })),
  )
  for (const [id, closed] of [
    // This month, this month's span of last year (to 28 February 07:00), and after it.
    ['seized-now', '2028-02-29T00:00'],
    ['seized-then', '2027-02-28T06:00'],
    ['seized-later', '2027-02-28T08:00'],
  ] as const) {
    desk.hand.nowMs = at(closed) - 3_600_000
    await desk.incidents.report(
      {
        id,
        organisation: 'busan',
        kind: 'seizure',
        urgency: 2,
        text: '담배 유치',
        occurredAtMs: desk.hand.nowMs,
        goods: [{ type: 'smuggled', name: '담배', quantity: 1, unit: '점' }],
        people: [],
        links: [],
        attachments: [],
        isInDailyReport: true,
        shareWith: [],
      },
      desk.by(),
    )
    desk.hand.nowMs = at(closed)
    await desk.incidents.act(id, { deed: 'state', to: 'closed', outcome: 'seized', note: '' }, desk.by())
  }
  desk.hand.nowMs = LEAP
  const paperOf = (day: string) => draftPaper(desk.sources, periodOf('daily', asOfOf(day)), { language: 'ko', boxes: [], phone: '' })
  const leap = await paperOf('2028-02-29')
  expect([leap.asOf, leap.span]).toEqual(['〈2028. 2. 29.(화) 07시 현재〉', '기간 2. 28. 07:00 ~ 2. 29. 07:00'])
  expect(cell(leap, 'summary/table/now/alarms')).toBe('4')
  expect(cell(await paperOf('2028-02-28'), 'summary/table/now/alarms')).toBe('1')
  const after = await paperOf('2028-03-01')
  expect([after.asOf, after.span]).toEqual(['〈2028. 3. 1.(수) 07시 현재〉', '기간 2. 29. 07:00 ~ 3. 1. 07:00'])
  expect(cell(after, 'summary/table/now/alarms')).toBe('1')
  const row = (id: string): string => cell(leap, `seizures/table/${id}/sum`) ?? ''
  expect([row('span'), row('month'), row('last-year')]).toEqual(['1건', '1건', '1건'])
})

test('a room that does not stand is told as not linked, nothing received as nothing received, nothing there as none; never 0', async () => {
  const desk = await openDesk({ wasHeard: () => false, recordsSinceMs: () => undefined })
  const paper = await draft(desk)
  for (const id of ['cctv', 'seals', 'patrols'] as const) {
    expect(section(paper, id)?.state).toBe('not-linked')
    expect(section(paper, id)?.blocks).toMatchObject([{ text: '연계 전' }])
  }
  expect(section(paper, 'events')?.blocks).toMatchObject([{ text: '해당 없음' }])
  expect(cell(paper, 'summary/table/now/alarms')).toBe('수신 기록 없음')
  expect(cell(paper, 'summary/table/now/high-risk')).toBe('연계 전')
  expect(cell(paper, 'ships/table/busan/alarms')).toBe('–')
  expect(cell(paper, 'seizures/table/last-year/sum')).toBe('–')
  expect(cell(paper, 'summary/table/before/seizures')).toBe('(–)')
})

test('a name that stands in the words of an incident is masked on paper', async () => {
  const desk = await openDesk()
  desk.hand.nowMs = kst('01:00')
  await desk.incidents.report(
    {
      id: 'named',
      organisation: 'busan',
      kind: 'drug-offender',
      urgency: 2,
      text: '홍길동 여행 가방에서 의심 물질 발견',
      occurredAtMs: kst('01:00'),
      goods: [],
      people: [{ id: 'p1', role: 'suspect', name: '홍길동' }],
      links: [],
      attachments: [],
      isInDailyReport: true,
      shareWith: [],
    },
    desk.by(),
  )
  const paper = await draft(desk)
  expect(findLine(paper, 'events/incident:named')?.text).toBe('홍○○ 여행 가방에서 의심 물질 발견 (11. 24.)')
  expect(JSON.stringify(paper)).not.toContain('홍길동')
})

test('offices that have handed in nothing are named, once the house uses lines at all', async () => {
  const desk = await openDesk()
  expect(section(await draft(desk), 'events')?.blocks).toHaveLength(1)
  desk.lines.push({ id: 'l1', organisation: 'busan', text: '', isNothing: true, atMs: kst('06:05'), by: '부산' })
  desk.lines.push({
    id: 'l2',
    organisation: 'incheon',
    text: '야간 하역 3건 확인했습니다.',
    isNothing: false,
    atMs: kst('06:10'),
    by: '인천',
  })
  const paper = await draft(desk)
  expect(texts(paper, 'events')).toEqual(['(인천세관) 야간 하역 3건 확인함'])
  expect(JSON.stringify(section(paper, 'events'))).toMatch(/소속 보고 23개소 중 2개소 접수\(미접수: 울산·여수/)
})

test('the English edition holds the same figures and no Korean but names and boxes', async () => {
  const desk = await openDesk()
  await desk.night()
  const paper = await draft(desk, AS_OF, 'en')
  expect(texts(paper, 'events')[0]).toMatch(
    /^\(Border Surveillance Division\) Suspicious act \(24 Nov 02:28\), .*in hand|confirmed|reported/,
  )
  expect(cell(paper, 'summary/table/now/alarms')).toBe('4')
  const words = texts(paper, 'events').join(' ') + texts(paper, 'hand-over').join(' ')
  expect(words).not.toMatch(/[가-힣]/)
})

test('the same rows give the same paper, byte for byte', async () => {
  const desk = await openDesk()
  await desk.night()
  expect(JSON.stringify(await draft(desk))).toBe(JSON.stringify(await draft(desk)))
})
