import { expect, test } from 'vitest'
import { ahead, roadDistance } from './road.ts'

test('distances on the road are said in metres below a kilometre, else in kilometres', () => {
  expect([0, 4.4, 999, 1000, 87_040, 161_182].map(roadDistance)).toEqual(['0 m', '4 m', '999 m', '1.0 km', '87.0 km', '161 km'])
})

test('the way ahead begins where the truck is and leaves out what it has passed', () => {
  const line = [
    [127, 36],
    [128, 36],
    [129, 36],
  ] as const
  expect(ahead(line, 36.01, 127.9)).toEqual([
    [127.9, 36.01],
    [129, 36],
  ])
  expect(ahead(line, undefined, undefined)).toEqual(line)
})
