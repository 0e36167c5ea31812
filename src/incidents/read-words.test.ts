import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KnownPlace, readWords } from './read-words.ts'

const PLACES: readonly KnownPlace[] = [
  { names: ['부산', 'Busan'], lat: 35.1, lon: 129.04, port: 'KRPUS' },
  { names: ['부산신항', '신항'], lat: 35.08, lon: 128.83 },
  { names: ['감천'], lat: 35.08, lon: 129, office: 'gamcheon' },
  { names: ['대마도', '쓰시마'], lat: 34.4, lon: 129.33 },
]
const read = (text: string) => readWords(text, PLACES)

test('a plain report is read: place, kind, people, boats', () => {
  expect(read('감천 5부두 서쪽 끝 불 끈 소형 보트 1척, 사람 2명이 상자 옮김')).toEqual({
    place: { label: '감천 5부두 서쪽 끝', lat: 35.08, lon: 129, office: 'gamcheon' },
    kind: 'suspicious-act',
    people: 2,
    vessels: 1,
    goods: [],
    links: [],
  })
})

test.each([
  ['쓰시마 북방 14 NM에서 냉동운반선 접선', '쓰시마 북방 14 NM'],
  ['부산신항 2부두 게이트 7 앞', '부산신항 2부두'],
  ['감천항 3부두 선측', '감천항 3부두'],
  ['야간 교대 보고', undefined],
])('the place of ‘%s’ is %s', (text, label) => expect(read(text).place?.label).toBe(label))

test.each([
  ['여행자 수하물 마약류 12g 적발', 'drug-offender'],
  ['특송 판독, 도검류 9점 유치', 'prohibited-article'],
  ['외국 선원 2명 상륙허가 시간 넘김', 'unauthorised-boarding'],
  ['선용품 미신고 반출, 담배 180보루 유치', 'seizure'],
  ['기관실 화재', 'accident'],
  ['서해 중부 오전 안개', 'weather'],
  ['야간 교대 보고, 특이사항 없음', undefined],
])('‘%s’ is of the kind %s', (text, kind) => expect(read(text).kind).toBe(kind))

test.each([
  ['선원 두 명', 2],
  ['외국인 13명 승선', 13],
  ['다섯 사람', 5],
  ['a boat with 3 people', 3],
  ['상자 3개', undefined],
])('‘%s’ tells of people: %s', (text, people) => expect(read(text).people).toBe(people))

test('goods, containers and plates are read with their numbers', () => {
  expect(read('면세 담배 180보루와 필로폰 12.5g, 냉동명태 1,240톤').goods).toEqual([
    { type: 'smuggled', name: '면세 담배', quantity: 180, unit: '보루' },
    { type: 'narcotics', name: '필로폰', quantity: 12.5, unit: 'g' },
    { type: 'smuggled', name: '냉동명태', quantity: 1240, unit: '톤' },
  ])
  expect(read('컨테이너 MSKU 305383 8, 부산98바 1234 트럭').links).toEqual([
    { kind: 'container', id: 'MSKU3053838', label: 'MSKU 305383 8' },
    { kind: 'vehicle', id: '부산98바1234', label: '부산98바 1234' },
  ])
})

test.each([
  ['사람 2명이 담배 20보루 옮김', '담배'],
  ['선원이 면세담배 3보루', '면세담배'],
  ['면세 담배 180보루', '면세 담배'],
  ['3개월 체류', undefined],
])('goods of ‘%s’: %s', (text, name) => expect(read(text).goods[0]?.name).toBe(name))

test('whatever is written is read without a fault', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), text => {
      expect(read(text).goods.length).toBeLessThanOrEqual(20)
    }),
  )
})
