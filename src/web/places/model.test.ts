import { expect, test } from 'vitest'
import { areaFeatures, nameAt } from './model.ts'

const box = [
  [128, 34],
  [129, 34],
  [129, 35],
  [128, 35],
] as const

test('the name of an area stands at the middle of its northern edge', () => {
  expect(nameAt({ polygon: [box] })).toEqual([128.5, 35])
  expect(
    nameAt({
      polygon: [
        [
          [128, 34],
          [129, 34],
          [128.3, 35.2],
        ],
      ],
    }),
  ).toEqual([128.3, 35.2])
  expect(
    nameAt({
      polygon: [],
      line: [
        [128, 34],
        [129, 34.5],
      ],
    }),
  ).toEqual([129, 34.5])
  expect(nameAt({ polygon: [] })).toBeUndefined()
})

test('the ring of a shape is closed, also where the server left it open', () => {
  const [shape] = areaFeatures([{ id: 'a', name: '가', kind: 'port', polygon: [box] }], undefined).features
  expect(shape?.geometry).toMatchObject({
    type: 'Polygon',
    coordinates: [
      [
        [128, 34],
        [129, 34],
        [129, 35],
        [128, 35],
        [128, 34],
      ],
    ],
  })
})
