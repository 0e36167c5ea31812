// The duty log on a real store: once, never changed after its minute, put right by new lines, in the trail, told again after a restart without doubles.
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '#access/index.ts'
import type { Result } from '#base/index.ts'
import { NotKept } from '#platform/store/index.ts'
import { eventually } from '#testkit/product.ts'
import { BEFORE_SEVEN, watchDesk } from '#testkit/watch-desk.ts'
import { checkShifts } from './check-rows.ts'
import { createLog, type DutyLog, type LogBy, type NewLine } from './log.ts'
import { LOG_WRITTEN } from './schema.ts'

let desk: Awaited<ReturnType<typeof watchDesk>>
let log: DutyLog
beforeEach(async () => {
  desk = await watchDesk()
  log = createLog({ ...desk, headOffice: () => 'hq' })
})
afterEach(async () => {
  log.close()
  await desk.close()
})
const KIM: LogBy = { author: { id: 'kim', name: '김당직', organisation: 'hq' }, seat: { ko: '당직 1', en: 'watch 1' } }
const LEE: LogBy = { author: { id: 'lee', name: '이당직', organisation: 'busan' } }
const line = (id: string, text = '열상 2번, 두 배 접선 확인', more: Partial<NewLine> = {}): NewLine => ({
  id,
  kind: 'note',
  text,
  links: [],
  ...more,
})
const must = <T>(outcome: Result<T, unknown>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reason))
  return outcome.value
}
const all = { whose: 'all', fromMs: 0, toMs: Number.MAX_SAFE_INTEGER } as const

test('the same line sent many times, at once or later, stands once', async () => {
  await Promise.all([1, 2, 3].map(() => log.write(line('line-1'), KIM)))
  expect((await log.write(line('line-1'), KIM)).ok).toBe(true)
  expect(log.find(all)).toHaveLength(1)
  expect(await log.write(line('line-1', '다른 글'), KIM)).toEqual({ ok: false, reason: 'id-taken' })
})

test.each([
  [59_999, true],
  [60_000, true],
  [60_001, false],
])('%d ms after it was written its author may change a line: %s; what it said before is kept', async (afterMs, isTaken) => {
  await log.write(line('line-1'), KIM)
  desk.hand.nowMs += afterMs
  const outcome = await log.edit('line-1', '열상 2번, 세 배 접선 확인', KIM)
  expect(outcome.ok).toBe(isTaken)
  const stands = log.get('line-1')
  expect(stands?.text).toBe(isTaken ? '열상 2번, 세 배 접선 확인' : '열상 2번, 두 배 접선 확인')
  expect(stands?.edits ?? []).toEqual(isTaken ? [{ atMs: desk.hand.nowMs, text: '열상 2번, 두 배 접선 확인' }] : [])
})

test('a line that the disk does not take is not there, nobody is told of it, and the next try writes it; what the product tells waits and comes once', async () => {
  await log.write(line('line-1'), KIM)
  const told: string[] = []
  desk.bus.on(LOG_WRITTEN, fact => told.push(fact.line.id))
  const rows = () => [
    desk.store.read('SELECT * FROM duty_log'),
    desk.store.read('SELECT * FROM duty_log_books'),
    desk.store.read('SELECT * FROM audit'),
  ]
  const before = rows()
  desk.hand.isDiskFull = true
  const correction = line('line-3', '열상 3번', { corrects: 'line-1' })
  for (const deed of [() => log.write(line('line-2'), KIM), () => log.edit('line-1', '다른 글', KIM), () => log.write(correction, KIM)])
    await expect(deed()).rejects.toBeInstanceOf(NotKept)
  const fact = log.tell({ id: 'fact-1', kind: 'alarm', organisations: [], atMs: BEFORE_SEVEN, ko: '경보', en: 'alarm' })
  await Promise.resolve()
  expect(rows()).toEqual(before)
  expect(told).toEqual([])
  desk.hand.isDiskFull = false
  must(await log.write(line('line-2'), KIM))
  must(await log.edit('line-1', '다른 글', KIM))
  must(await log.write(correction, KIM))
  await eventually(async () => {
    desk.tick()
    return told.includes('fact-1') ? true : undefined
  })
  await fact
  expect(told).toEqual(['line-2', 'line-1', 'line-3', 'fact-1'])
  checkShifts(desk.store)
})

test('nobody changes another’s line, and nobody a line of the product', async () => {
  await log.write(line('line-1'), KIM)
  await log.tell({ id: 'fact-1', kind: 'alarm', organisations: [], atMs: BEFORE_SEVEN, ko: '경보', en: 'alarm' })
  expect(await log.edit('line-1', 'x', LEE)).toEqual({ ok: false, reason: 'not-your-line' })
  expect(await log.edit('fact-1', 'x', KIM)).toEqual({ ok: false, reason: 'machine-line' })
})

test('a correction is a new line; the old one stays and says by what it was put right; once', async () => {
  await log.write(line('line-1', '쓰시마 북방 12해리'), KIM)
  desk.hand.nowMs += 3_600_000
  await log.write(line('line-2', '쓰시마 북방 14해리', { corrects: 'line-1' }), LEE)
  expect(log.get('line-1')?.text).toBe('쓰시마 북방 12해리')
  expect(log.correctionOf('line-1')).toBe('line-2')
  // It stands in the book of the line it puts right.
  expect(log.get('line-2')?.organisations).toEqual(['hq'])
  expect(await log.write(line('line-3', '15해리', { corrects: 'line-1' }), KIM)).toEqual({ ok: false, reason: 'corrected-already' })
  expect(must(await log.write(line('line-3', '15해리', { corrects: 'line-2' }), KIM)).corrects).toBe('line-2')
})

test.each<readonly [string, Partial<NewLine>, string]>([
  ['nothing', { text: ' \n ' }, 'nothing-written'],
  ['a time that has not come', { atMs: BEFORE_SEVEN + 3_600_000 }, 'in-future'],
  ['a plan without its time', { kind: 'plan' }, 'plan-when'],
  ['a correction of no line', { corrects: 'nowhere' }, 'not-found'],
])('%s is refused with its reason', async (_what, more, reason) => {
  expect(await log.write({ ...line('line-1'), ...more }, KIM)).toEqual({ ok: false, reason })
  expect(log.find(all)).toEqual([])
})

test('HTML, control letters and a flood of words are kept as one line of text', async () => {
  const stands = must(await log.write(line('line-1', `<b>부산</b>\n\u0000둘째 줄 ${'가'.repeat(900)}`), KIM))
  expect(stands.text.startsWith('<b>부산</b> ')).toBe(true)
  expect(stands.text.length).toBe(500)
})

test('whatever is done to it, a line that is older than its minute reads as it did', async () => {
  const deeds = fc.array(
    fc.tuple(
      fc.constantFrom('edit', 'correct', 'resend', 'tell'),
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.integer({ min: 0, max: 90_000 }),
    ),
    { maxLength: 12 },
  )
  let run = 0
  await fc.assert(
    fc.asyncProperty(deeds, async many => {
      const id = `line-${++run}`
      await log.write(line(id), KIM)
      desk.hand.nowMs += 60_001
      const before = log.get(id)
      for (const [n, [deed, text, waitMs]] of many.entries()) {
        desk.hand.nowMs += waitMs
        if (deed === 'edit') await log.edit(id, text, KIM)
        else if (deed === 'correct') await log.write(line(`${id}-${n}`, text, { corrects: id }), KIM)
        else if (deed === 'resend') await log.write(line(id, text), KIM)
        else await log.tell({ id, kind: 'alarm', organisations: [], atMs: 0, ko: text, en: text })
      }
      expect(log.get(id)).toEqual(before)
    }),
    { numRuns: 20 },
  )
  expect(verifyAudit(desk.store).bad).toBeUndefined()
  expect(checkShifts(desk.store)).toContain('lines of the duty log')
})

test('the database itself refuses to change or remove a line, and check names one that was forced', async () => {
  await log.write(line('line-1'), KIM)
  await expect(desk.store.write([{ sql: "UPDATE duty_log SET body = '{}', edited_ms = taken_ms + 60001" }])).rejects.toThrow('fixed')
  await expect(desk.store.write([{ sql: 'DELETE FROM duty_log' }])).rejects.toThrow('stays')
  const other = new DatabaseSync(desk.file)
  other.exec("DROP TRIGGER duty_log_is_fixed; UPDATE duty_log SET body = replace(body, '두 배', '세 배')")
  other.close()
  expect(() => checkShifts(desk.store)).toThrow('line-1')
})

test('lines of the product are told once by their id, all in one commit, also when the same comes again after a restart', async () => {
  const heard: string[] = []
  desk.bus.on(LOG_WRITTEN, fact => heard.push(fact.line.id))
  const fact = (n: number) => ({
    id: `fact-${n}`,
    kind: 'incident' as const,
    organisations: ['busan', 'hq'],
    atMs: BEFORE_SEVEN - n,
    ko: `사건 ${n}`,
    en: `incident ${n}`,
  })
  const before = desk.store.figures().commits
  await Promise.all([1, 2, 3, 2, 1].map(n => log.tell(fact(n))))
  expect(desk.store.figures().commits - before).toBe(1)
  const again = createLog({ ...desk, headOffice: () => 'hq' })
  await Promise.all([1, 2, 3, 4].map(n => again.tell(fact(n))))
  expect(heard).toEqual(['fact-1', 'fact-2', 'fact-3', 'fact-4'])
  expect(log.find(all).map(one => one.id)).toEqual(['fact-4', 'fact-3', 'fact-2', 'fact-1'])
})

test('a book holds its own lines and no other’s; head office has all; by kind and by hand they are told apart', async () => {
  await log.write(line('line-hq'), KIM)
  await log.write(line('line-busan'), LEE)
  await log.write(line('weather-1', '동해남부 풍랑주의보', { kind: 'weather' }), LEE)
  await log.write(line('plan-1', '합동검색 회의', { kind: 'plan', dueMs: BEFORE_SEVEN + 7_200_000 }), KIM)
  await log.tell({ id: 'fact-1', kind: 'alarm', organisations: ['incheon'], atMs: BEFORE_SEVEN, ko: '경보', en: 'alarm' })
  const ids = (query: Partial<Parameters<DutyLog['find']>[0]>) => log.find({ ...all, ...query }).map(one => one.id)
  expect(ids({ whose: ['busan'] })).toEqual(['line-busan', 'weather-1'])
  expect(ids({ whose: ['hq'] })).toEqual(['line-hq', 'plan-1'])
  expect(ids({ whose: ['gunsan'] })).toEqual([])
  expect(ids({})).toHaveLength(5)
  expect(ids({ kinds: ['weather', 'plan'] })).toEqual(['weather-1', 'plan-1'])
  expect(ids({ source: 'machine' })).toEqual(['fact-1'])
  expect(ids({ fromMs: BEFORE_SEVEN + 1 })).toEqual([])
})
