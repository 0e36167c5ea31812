// Go or no-go before the bolt closes: one question after another, each with what was found.
import { expect, test } from 'vitest'
import { type FittingFacts, type FittingQuestion, type FittingVerdict, fittingCheck, sealNamed } from './fitting-check.ts'
import type { JourneyPlan, Seal } from './schema.ts'

const NOW = Date.UTC(2026, 10, 24, 0, 0)
const seal: Seal = {
  id: 'jt808:013912344323',
  deviceId: '013912344323',
  protocol: 'jt808',
  number: 'KC-0028-6117',
  maker: 'G',
  model: '300',
  firmware: '1.9',
  life: 'issued',
  organisation: 'busan',
  reportEveryS: 60,
}
const plan: JourneyPlan = {
  id: 'J1',
  unit: 'container',
  container: 'TEMU1234565',
  seals: [],
  origin: { name: '부산신항', lat: 35.08, lon: 128.83 },
  destination: { name: '양산 ICD', lat: 35.33, lon: 129.02 },
  stops: [],
  corridor: { line: [], halfWidthM: 1000 },
  departFromMs: NOW,
  departUntilMs: NOW,
  arriveUntilMs: NOW,
  officers: { origin: [], destination: [] },
  risk: 'high',
  organisations: ['busan'],
}
const good: FittingFacts = {
  plan,
  asked: seal.number,
  seal,
  health: { lastAtMs: NOW - 9000, batteryPercent: 71, lat: 35.08, lon: 128.83, lagMs: 800, locked: true },
  other: undefined,
  stock: [seal],
  nowMs: NOW,
  isInOrigin: lat => lat < 35.1,
}
const health = (change: object): Partial<FittingFacts> => ({ health: { ...good.health, lastAtMs: NOW - 9000, ...change } })

test('a good seal at its place is go in every question', () =>
  expect(fittingCheck(good).map(one => one.verdict)).toEqual(Array(10).fill('go')))

test.each<[string, Partial<FittingFacts>, FittingQuestion, FittingVerdict, string]>([
  ['a wrong check digit', { plan: { ...plan, container: 'TEMU1234566' } }, 'container', 'no-go', 'TEMU1234565 아닙니까'],
  ['a seal nobody knows', { seal: undefined, health: undefined, asked: 'X-1' }, 'stock', 'no-go', '‘X-1’은(는) 재고에 없습니다'],
  ['no seal named yet', { seal: undefined, health: undefined, asked: undefined }, 'stock', 'unknown', '읽으십시오'],
  ['a lost seal', { seal: { ...seal, life: 'lost' } }, 'life', 'no-go', '분실'],
  ['a seal of another journey', { other: { id: 'J9', container: 'MSCU6639870' } }, 'journey', 'no-go', 'MSCU6639870'],
  ['a seal of another office’s journey', { other: { id: 'J9', container: '' } }, 'journey', 'no-go', 'J9'],
  ['19 %', health({ batteryPercent: 19 }), 'battery', 'no-go', '전지 19%'],
  ['20 %', health({ batteryPercent: 20 }), 'battery', 'care', '전지 20%'],
  ['40 %', health({ batteryPercent: 40 }), 'battery', 'go', '전지 40%'],
  ['silence from the beginning', { health: undefined }, 'heard', 'no-go', '켜졌는지'],
  ['31 minutes of silence', health({ lastAtMs: NOW - 31 * 60_000 }), 'heard', 'no-go', '31분째'],
  ['three minutes of silence', health({ lastAtMs: NOW - 180_000 }), 'heard', 'care', '3분 전'],
  ['a clock of 2019', health({ lagMs: 7 * 365 * 86_400_000 }), 'clock', 'no-go', '어긋남'],
  ['a clock two minutes ahead', health({ lagMs: -120_000 }), 'clock', 'care', '120초'],
  ['no position', health({ lat: undefined }), 'position', 'no-go', '위치 보고 없음'],
  ['a seal elsewhere', health({ lat: 36 }), 'position', 'no-go', '출발지 밖'],
  ['an open lock', health({ locked: false }), 'lock', 'care', '잠기지 않음'],
  ['firmware behind the others', { stock: [seal, { ...seal, id: 'b', firmware: '1.10' }] }, 'firmware', 'care', '가장 새 것 1.10'],
])('%s is told', (_what, change, question, verdict, words) => {
  const answer = fittingCheck({ ...good, ...change }).find(one => one.what === question)
  expect(answer?.verdict).toBe(verdict)
  expect(answer?.words.ko).toContain(words)
  expect(answer?.words.en).toMatch(/^[\x20-\x7e‘’]+$/)
})

test.each([
  ['its id', 'jt808:013912344323', true],
  ['its number, however spaced', 'kc 0028 6117', true],
  ['its device number', '013912344323', true],
  ['a code with an address before the number', 'https://seal.example/s/KC-0028-6117', true],
  ['a part of the number', '6117', false],
  ['nothing', ' - ', false],
])('a seal is found by %s', (_what, asked, isFound) => expect(sealNamed([seal], asked)?.id).toBe(isFound ? seal.id : undefined))

test('a number that two makers gave means neither', () =>
  expect(sealNamed([seal, { ...seal, id: 'jt600:013912344323', protocol: 'jt600' }], seal.number)).toBeUndefined())
