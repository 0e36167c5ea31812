import { describe, expect, test } from 'vitest'
import { contradictionsOf, isImoNumber } from './contradictions.ts'
import type { ShipCardView } from './model.ts'

const NOW = Date.parse('2026-11-24T03:00:00Z')
const card: ShipCardView = {
  mmsi: 440_123_456,
  stationClass: 0,
  imoNumber: 9_074_729,
  shipType: 70,
  lengthM: 120,
  beamM: 18,
  sogKn: 11,
  navigationStatus: 0,
  isWatched: false,
  isLost: false,
  isDoubtful: false,
  isShared: false,
  findings: [],
}
const said = (over: Partial<ShipCardView>): string[] => contradictionsOf({ ...card, ...over }, NOW).map(one => one.text)

test('the worked example of IMO A.1117 is right, a digit changed is not', () => {
  expect(isImoNumber(9_074_729)).toBe(true)
  expect(isImoNumber(9_074_728)).toBe(false)
  expect(isImoNumber(907_472)).toBe(false)
})

describe('what a ship tells of herself', () => {
  test('an ordinary ship contradicts nothing', () => expect(said({})).toEqual([]))
  test.each<[string, Partial<ShipCardView>]>([
    ['odd.imo', { imoNumber: 1_234_568 }],
    ['odd.moored', { navigationStatus: 5, sogKn: 8.2 }],
    ['odd.anchored', { navigationStatus: 1, sogKn: 3 }],
    ['odd.fishing', { navigationStatus: 7 }],
    ['odd.shared', { isShared: true }],
    ['odd.doubtful', { isDoubtful: true }],
    ['odd.flag', { mmsi: 299_123_456 }],
    ['odd.size', { beamM: 130 }],
    ['odd.eta', { eta: { month: 11, day: 23, hour: 9, minute: 0 } }],
  ])('%s', (text, over) => expect(said(over)).toEqual([text]))

  test('an arrival told for January is no lateness in December', () => {
    const late = contradictionsOf({ ...card, eta: { month: 1, day: 2, hour: 0, minute: 0 } }, Date.parse('2026-12-30T00:00:00Z'))
    expect(late).toEqual([])
  })
  test('a moored ship that swings is moored', () => expect(said({ navigationStatus: 5, sogKn: 0.4 })).toEqual([]))
})
