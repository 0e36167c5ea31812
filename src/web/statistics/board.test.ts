import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHARTS } from '#statistics/schema.ts'
import { added, bysOf, dividedBy, drawnAs, MAX_WIDGETS, moved, movedBy, removed, resized, SEVERAL, titled, withMeasure } from './board.ts'
import type { BoardView } from './model.ts'

const board = (...ids: readonly string[]): BoardView => ({
  id: 'own-1',
  ko: '내 판',
  en: 'mine',
  widgets: ids.map(id => ({ id, chart: 'bars', measures: ['alarms'], by: 'organisation', width: 6 })),
})
const order = (one: BoardView): string => one.widgets.map(widget => widget.id).join('')
const first = (one: BoardView) => one.widgets[0]

test.each([
  ['to the right', 'a', 1, 'bacd'],
  ['to the end', 'a', 9, 'bcda'],
  ['to the left', 'c', -1, 'acbd'],
  ['no further than the beginning', 'a', -1, 'abcd'],
] as const)('a chart moves %s', (_where, id, by, wanted) => {
  expect(order(movedBy(board('a', 'b', 'c', 'd'), id, by))).toBe(wanted)
})

test('a chart that is drawn elsewhere takes what it is divided by along only where it can be shown', () => {
  expect(first(drawnAs(board('a'), 'a', 'table'))).toMatchObject({ chart: 'table', by: 'organisation' })
  expect(first(drawnAs(board('a'), 'a', 'heat'))).not.toHaveProperty('by')
  const two = withMeasure(drawnAs(board('a'), 'a', 'lines'), 'a', 'seizures', true)
  expect(first(two)?.measures).toEqual(['alarms', 'seizures'])
  expect(first(drawnAs(two, 'a', 'bars'))?.measures).toEqual(['alarms'])
})

test('a chart of one measure changes it, a chart of several takes it in; the last one stays', () => {
  expect(first(withMeasure(board('a'), 'a', 'seizures', true))?.measures).toEqual(['seizures'])
  expect(first(withMeasure(board('a'), 'a', 'alarms', false))?.measures).toEqual(['alarms'])
})

test('a title that is taken away gives the place back to the name of the measure', () => {
  const named = titled(board('a'), 'a', ' 우리 항 ')
  expect(first(named)?.title).toEqual({ ko: '우리 항', en: '우리 항' })
  expect(first(titled(named, 'a', ' '))).not.toHaveProperty('title')
})

test('whatever is done, every chart stays one that the server takes: known widths, measures, divisions, no more than fit', () => {
  const deed = fc.oneof(
    fc.record({ id: fc.constantFrom('a', 'b', 'n1'), to: fc.integer({ min: -3, max: 9 }) }).map(
      ({ id, to }) =>
        (one: BoardView) =>
          moved(one, id, to),
    ),
    fc.record({ id: fc.constantFrom('a', 'b'), by: fc.constantFrom(1 as const, -1 as const) }).map(
      ({ id, by }) =>
        (one: BoardView) =>
          resized(one, id, by),
    ),
    fc.constantFrom('a', 'b').map(id => (one: BoardView) => removed(one, id)),
    fc.record({ id: fc.constantFrom('a', 'b', 'n2'), chart: fc.constantFrom(...CHARTS) }).map(
      ({ id, chart }) =>
        (one: BoardView) =>
          drawnAs(one, id, chart),
    ),
    fc.record({ id: fc.constantFrom('a', 'b'), measure: fc.constantFrom('alarms', 'seizures', 'checks'), isIn: fc.boolean() }).map(
      ({ id, measure, isIn }) =>
        (one: BoardView) =>
          withMeasure(one, id, measure, isIn),
    ),
    fc
      .integer({ min: 0, max: 40 })
      .map(n => (one: BoardView) => added(one, { id: `n${n}`, chart: 'figure', measures: ['alarms'], width: 12 })),
    fc.constant((one: BoardView) => (first(one)?.chart === 'bars' ? dividedBy(one, first(one)?.id ?? '', 'kind') : one)),
  )
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), deeds => {
      const one = deeds.reduce((now, next) => next(now), board('a', 'b'))
      expect(one.widgets.length).toBeLessThanOrEqual(MAX_WIDGETS)
      for (const { chart, measures, by, width } of one.widgets) {
        expect(width).toBeGreaterThanOrEqual(3)
        expect(width).toBeLessThanOrEqual(12)
        expect(measures.length).toBeGreaterThan(0)
        expect(measures.length).toBeLessThanOrEqual(SEVERAL.has(chart) ? 12 : 1)
        if (by !== undefined) expect(bysOf(chart)).toContain(by)
      }
    }),
  )
})
