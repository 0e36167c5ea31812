import { expect, test } from 'vitest'
import type { Area } from './area.ts'
import { createAreaIndex } from './area-index.ts'
import { organisationsAt } from './jurisdiction.ts'

const square = (id: string, lon: number, organisation?: string, kind: Area['kind'] = 'jurisdiction'): Area => ({
  id,
  name: id,
  kind,
  polygon: [
    [
      [lon, 34],
      [lon + 1, 34],
      [lon + 1, 36],
      [lon, 36],
    ],
  ],
  ...(organisation ? { organisation } : {}),
})
const index = createAreaIndex([
  square('a', 128.5, 'busan'),
  square('b', 128.5, 'gamcheon'),
  square('c', 128.5, 'busan', 'designated'),
  square('d', 128.5),
])

test('a place belongs to every organisation whose jurisdiction holds it, each once, and to nobody outside', () => {
  expect(organisationsAt(index, 35, 129)).toEqual(['busan', 'gamcheon'])
  expect(organisationsAt(index, 35, 131)).toEqual([])
})
