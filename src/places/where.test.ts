import { expect, test } from 'vitest'
import { whereIs } from './where.ts'

test.each([
  [34.62, 129.4, '대마도 북쪽 14 NM', '14 NM N of Tsushima'],
  [35.1, 129.3, '부산 동쪽 13 NM', '13 NM E of Busan'],
  [34.2, 127.65, '거문도 북동쪽 20 NM', '20 NM NE of Geomundo'],
  [33.96, 125.83, '추자도 서쪽 25 NM', '25 NM W of Chujado'],
  [37.46, 126.6, '인천 부근', 'off Incheon'],
])('%f, %f is %s', (lat, lon, ko, en) => expect(whereIs(lat, lon)?.placeName).toEqual({ ko, en }))

test('north by a little west is still north', () => expect(whereIs(35.3, 129.03)?.placeName.ko).toBe('부산 북쪽 12 NM'))

test('far from every name the position is better than words', () => {
  expect(whereIs(28, 140)).toBeUndefined()
  expect(whereIs(0, 0)).toBeUndefined()
})

test('what lies near each other has a name in common', () => {
  expect(whereIs(34.62, 129.4)?.near).toEqual(whereIs(34.55, 129.5)?.near)
})
