// A sheet from opening to both signatures: nothing carried is lost, whatever happens while it is written.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAudit } from '#access/index.ts'
import type { Result } from '#base/index.ts'
import { NotKept } from '#platform/store/index.ts'
import { BEFORE_SEVEN, pictureRoster, watchDesk } from '#testkit/watch-desk.ts'
import { checkShifts } from './check-rows.ts'
import { given, opened, refreshed, taken, ticked } from './hand-over.ts'
import { createHandOvers, type HandOverBy, type HandOvers } from './hand-overs.ts'
import { sheetHash } from './hash.ts'
import { type Carried, HAND_OVER_CHANGED, type HandOver, isSettled, isUnfinished, seenOf } from './schema.ts'

let desk: Awaited<ReturnType<typeof watchDesk>>
let sheets: HandOvers
let carried: Carried[]
const alarm = (n: number, state = '처리 중 02:28'): Carried => ({
  id: `alarm:${n}`,
  part: 'alarms',
  ko: `해상 접선 ${n}`,
  en: `rendezvous ${n}`,
  state: { ko: state, en: state },
  level: 1,
})
const GOING: HandOverBy = { person: 'p-2-leader', name: '강○○', session: 's-1' }
const COMING: HandOverBy = { person: 'p-3-leader', name: '한○○', session: 's-2' }
const ID = 'hand-over:hq:2026-11-23:night'
const must = <T>(outcome: Result<T, unknown>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reason))
  return outcome.value
}
const tickAll = (sheet: HandOver) => sheet.items.filter(item => !isSettled(item)).map(item => ({ id: item.id, seen: seenOf(item) }))

beforeEach(async () => {
  desk = await watchDesk()
  must(await desk.duty.saveRoster(pictureRoster(), { who: 'admin' }))
  carried = [alarm(1), alarm(2)]
  sheets = createHandOvers({ ...desk, unlinked: ['patrols'], carried: () => carried })
})
afterEach(() => desk.close())

test('half an hour before the watch ends its sheet opens by itself, once, with what is carried', async () => {
  desk.hand.nowMs = BEFORE_SEVEN - 11 * 60_000
  await sheets.look()
  expect(sheets.get(ID)).toBeUndefined()
  desk.hand.nowMs = BEFORE_SEVEN
  await Promise.all([sheets.look(), sheets.look()])
  const sheet = sheets.get(ID)
  expect([sheet?.from.crew.ko, sheet?.to.crew.ko, sheet?.state, sheet?.items.map(item => item.id)]).toEqual([
    '2조',
    '3조',
    'open',
    ['alarm:1', 'alarm:2'],
  ])
  expect(sheets.between(0, Number.MAX_SAFE_INTEGER)).toHaveLength(1)
})

test('the outgoing watch signs, the incoming ticks each item and signs; then nothing can be changed and its hash is in the trail', async () => {
  must(await sheets.open('hq', GOING))
  must(await sheets.remark(ID, 'alarm:1', '부산-3 승선 검색 중', GOING))
  expect(await sheets.sign(ID, 'incoming', COMING)).toEqual({ ok: false, reason: 'not-given' })
  must(await sheets.sign(ID, 'outgoing', GOING))
  expect(await sheets.sign(ID, 'incoming', GOING)).toEqual({ ok: false, reason: 'same-person' })
  expect(await sheets.sign(ID, 'incoming', COMING)).toEqual({ ok: false, reason: 'not-ticked' })
  must(await sheets.tick(ID, tickAll(sheets.get(ID)!), COMING))
  const done = must(await sheets.sign(ID, 'incoming', COMING))
  expect(done.state).toBe('done')
  expect(done.outgoing).toMatchObject({ person: 'p-2-leader', isOnRoster: true, seat: { ko: '조장' } })
  expect(done.incoming).toMatchObject({ person: 'p-3-leader', isOnRoster: true, hash: sheetHash(done) })
  for (const outcome of [
    await sheets.remark(ID, 'alarm:1', '다른 말', GOING),
    await sheets.tick(ID, [], COMING),
    await sheets.untick(ID, 'alarm:1', COMING),
    await sheets.sign(ID, 'incoming', { person: 'p-9', name: '박○○' }),
  ])
    expect(outcome).toEqual({ ok: false, reason: 'signed' })
  carried = []
  expect(sheets.get(ID)).toEqual(done)
  await expect(desk.store.write([{ sql: "UPDATE hand_overs SET body = '{}'" }])).rejects.toThrow('fixed')
  await expect(desk.store.write([{ sql: 'DELETE FROM hand_overs' }])).rejects.toThrow('stays')
  expect(checkShifts(desk.store)).toContain('1 signed hand-overs')
  expect(verifyAudit(desk.store).bad).toBeUndefined()
})

test('a tick, a remark or a signature that the disk does not take is not on the sheet, and the next try is', async () => {
  const sheet = must(await sheets.open('hq', GOING))
  const told: unknown[] = []
  desk.bus.on(HAND_OVER_CHANGED, fact => told.push(fact))
  const deeds = [
    () => sheets.remark(ID, 'alarm:1', '부산-3 승선', GOING),
    () => sheets.sign(ID, 'outgoing', GOING),
    () => sheets.tick(ID, tickAll(sheets.get(ID) ?? sheet), COMING),
    () => sheets.sign(ID, 'incoming', COMING),
  ]
  for (const deed of deeds) {
    const before = sheets.get(ID)
    desk.hand.isDiskFull = true
    await expect(deed()).rejects.toBeInstanceOf(NotKept)
    desk.hand.isDiskFull = false
    expect(sheets.get(ID)).toEqual(before)
    must(await deed())
  }
  expect([sheets.get(ID)?.state, told.length]).toEqual(['done', deeds.length])
  checkShifts(desk.store)
})

test('what comes or changes between the signatures is shown as new and asks for its own tick', async () => {
  must(await sheets.open('hq', GOING))
  must(await sheets.sign(ID, 'outgoing', GOING))
  must(await sheets.tick(ID, tickAll(sheets.get(ID)!), COMING))
  carried = [alarm(1, '종결 대기'), alarm(2), alarm(3)]
  const sheet = sheets.get(ID)!
  expect(sheet.items.map(item => [item.id, item.isNew ?? false, isSettled(item)])).toEqual([
    ['alarm:1', true, false],
    ['alarm:2', false, true],
    ['alarm:3', true, false],
  ])
  expect(await sheets.sign(ID, 'incoming', COMING)).toEqual({ ok: false, reason: 'not-ticked' })
  // The outgoing watch may still say something about what came since, and about nothing else.
  must(await sheets.remark(ID, 'alarm:3', '방금 들어옴', GOING))
  expect(await sheets.remark(ID, 'alarm:2', '고침', GOING)).toEqual({ ok: false, reason: 'given' })
  must(await sheets.tick(ID, tickAll(sheets.get(ID)!), COMING))
  expect(must(await sheets.sign(ID, 'incoming', COMING)).items).toHaveLength(3)
})

test('a tick of what is no longer on the screen is not taken', async () => {
  const before = must(await sheets.open('hq', GOING))
  carried = [alarm(1, '방금 바뀜'), alarm(2)]
  expect(await sheets.tick(ID, tickAll(before), COMING)).toEqual({ ok: false, reason: 'changed-since' })
})

test('somebody who is not on the roster may sign, and the sheet says so', async () => {
  must(await sheets.open('hq', GOING))
  expect(must(await sheets.sign(ID, 'outgoing', { person: 'p-x', name: '대신' })).outgoing?.isOnRoster).toBe(false)
})

test('a sheet is unfinished from the end of its watch until both have signed, and stays what the site is shown', async () => {
  must(await sheets.open('hq', GOING))
  expect(isUnfinished(sheets.get(ID)!, desk.hand.nowMs)).toBe(false)
  desk.hand.nowMs = Date.UTC(2026, 10, 24, 6, 35) // 15:35 KST: two watches later
  await sheets.look()
  expect(isUnfinished(sheets.get(ID)!, desk.hand.nowMs)).toBe(true)
  expect(sheets.current('hq')?.id).toBe(ID)
})

test('a site without roster has no sheet, and is told why', async () => {
  expect(await sheets.open('busan', GOING)).toEqual({ ok: false, reason: 'no-roster' })
})

test('every change is told', async () => {
  const heard: number[] = []
  desk.bus.on(HAND_OVER_CHANGED, ({ sheet }) => heard.push(sheet.revision))
  must(await sheets.open('hq', GOING))
  carried = [alarm(1)]
  await sheets.look()
  await sheets.look()
  expect(heard).toEqual([1, 2])
})

test('whatever the rooms say in whatever order, what was once on the sheet stays on it, and only ticked or ended items let the second sign', () => {
  const watch = desk.duty.watchAt('hq', BEFORE_SEVEN)!
  const next = desk.duty.nextWatch('hq', BEFORE_SEVEN)!
  const now = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom('확인', '처리 중', '보류')), { selector: ([n]) => n })
  const deed = fc.oneof(
    now.map(list => ({ deed: 'rooms' as const, list })),
    fc.constant({ deed: 'sign' as const }),
    fc.constant({ deed: 'tick' as const }),
    fc.integer({ min: 0, max: 6 }).map(n => ({ deed: 'tick-one' as const, n })),
  )
  fc.assert(
    fc.property(now, fc.array(deed, { maxLength: 20 }), (first, deeds) => {
      const things = (list: readonly (readonly [number, string])[]): Carried[] => list.map(([n, state]) => alarm(n, state))
      let sheet = opened(watch, next, things(first), [], 0)
      const ever = new Set(sheet.items.map(item => item.id))
      for (const [n, one] of deeds.entries()) {
        if (one.deed === 'rooms') {
          sheet = refreshed(sheet, things(one.list), n + 1)
          for (const item of sheet.items) ever.add(item.id)
        } else if (one.deed === 'sign') {
          const signed = given(sheet, { person: 'a', name: 'a', isOnRoster: true }, n + 1)
          if (signed.ok) sheet = signed.value
        } else {
          const ticks = one.deed === 'tick' ? tickAll(sheet) : tickAll(sheet).filter(tick => tick.id === `alarm:${one.n}`)
          sheet = must(ticked(sheet, ticks, 'b', n + 1))
        }
        expect(new Set(sheet.items.map(item => item.id))).toEqual(ever)
        const second = taken(sheet, { person: 'b', name: 'b', isOnRoster: true }, n + 1)
        expect(second.ok).toBe(
          sheet.state === 'given' &&
            sheet.items.every(item => item.goneAtMs !== undefined || (item.tick && item.tick.seen === seenOf(item))),
        )
      }
    }),
  )
})
