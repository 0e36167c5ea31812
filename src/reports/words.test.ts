import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clipped } from './clip.ts'
import { dayLong, hourOf, momentOf, spanOf } from './dates.ts'
import { asOfOf, before, isDay, monthSoFar, periodOf } from './period.ts'
import en from './texts.en.json' with { type: 'json' }
import ko from './texts.ko.json' with { type: 'json' }

test('both catalogues have the same keys and the same places for values, and no key is without use', () => {
  expect(Object.keys(en)).toEqual(Object.keys(ko))
  const places = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(found => found[1] ?? '').sort()
  for (const [key, text] of Object.entries(ko)) expect([key, places(en[key as keyof typeof en])]).toEqual([key, places(text)])
  const here = import.meta.dirname
  const code = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => readFileSync(join(here, file), 'utf8'))
    .join('\n')
  const isUsed = (key: string): boolean =>
    code.includes(`'${key}'`) || (key.includes('.') && code.includes(`\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`))
  expect(Object.keys(ko).filter(key => !isUsed(key))).toEqual([])
})

test.each([
  ['현장 확인했습니다. 내용물 이상 없습니다.', '현장 확인함. 내용물 이상 없음'],
  ['선박이 들어왔습니다.', '선박이 들어왔음'],
  ['조사 중입니다', '조사 중임'],
  ['09:00까지 보고 바랍니다.', '09:00까지 보고 바람'],
  ['승선 검색을 하였다.', '승선 검색을 함'],
  ['이미 통보되었습니다', '이미 통보됨'],
  ['쓰시마 북방 14 NM에서  접선', '쓰시마 북방 14해리에서 접선'],
  ['속력 12.9 kn으로 진입(한계 10 kn)', '속력 12.9노트로 진입(한계 10노트)'],
  ['담배 180보루 적발', '담배 180보루 적발'],
  ['무게는 1.5톤입니다', '무게는 1.5톤임'],
  ['', ''],
])('‘%s’ is clipped to ‘%s’', (full, short) => {
  expect(clipped(full)).toBe(short)
  expect(clipped(short)).toBe(short)
})

test.each(['2026-11-24', '2028-02-29', '2026-12-31'])('%s is a day', day => expect(isDay(day)).toBe(true))
test.each(['2026-02-29', '2026-13-01', '2026-11-31', '26-11-24', '2026-11-24T07:00', ''])('‘%s’ is no day', day =>
  expect(isDay(day)).toBe(false),
)

test('a daily report is of the day from 07:00 to 07:00 KST, over year’s end and leap day', () => {
  const of = (day: string) => periodOf('daily', asOfOf(day))
  expect(new Date(of('2026-11-24').fromMs).toISOString()).toBe('2026-11-22T22:00:00.000Z')
  expect(new Date(of('2026-11-24').toMs).toISOString()).toBe('2026-11-23T22:00:00.000Z')
  expect(new Date(of('2027-01-01').fromMs).toISOString()).toBe('2026-12-30T22:00:00.000Z')
  expect(new Date(of('2028-03-01').fromMs).toISOString()).toBe('2028-02-28T22:00:00.000Z')
  expect(before(of('2026-11-24'))).toEqual({ ...of('2026-11-23') })
})

test('weekly is seven days; monthly is the month that the last day lies in; the year before has the same span', () => {
  const iso = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 16)
  expect(iso(periodOf('weekly', asOfOf('2026-11-24')).fromMs)).toBe('2026-11-17T07:00')
  expect(iso(periodOf('monthly', asOfOf('2026-12-01')).fromMs)).toBe('2026-11-01T07:00')
  expect(iso(periodOf('monthly', asOfOf('2026-11-24')).fromMs)).toBe('2026-11-01T07:00')
  const { lastYear } = monthSoFar(asOfOf('2028-02-29'))
  expect([iso(lastYear.fromMs), iso(lastYear.toMs)]).toEqual(['2027-02-01T07:00', '2027-02-28T07:00'])
})

test('times are written as the paper writes them', () => {
  const atMs = asOfOf('2026-11-24')
  expect([dayLong(atMs, 'ko'), hourOf(atMs, 'ko'), momentOf(atMs, 'ko')]).toEqual(['2026. 11. 24.(화)', '07시', '11. 24. 07:00'])
  expect([dayLong(atMs, 'en'), hourOf(atMs + 1_800_000, 'ko')]).toEqual(['Tue 24 Nov 2026', '07시 30분'])
  expect([spanOf(112_000, 'ko'), spanOf(4_800_000, 'ko'), spanOf(9_000, 'en')]).toEqual(['1분 52초', '1시간 20분', '0 min 09 s'])
})
