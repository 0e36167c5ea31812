import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_FEED, loaded, stepFrom, takenIn, withChanged, withMore, withNew } from './feed-order.ts'

test('a report that comes while the hand is in the list gathers beside it and enters when the hand has left', () => {
  let order = loaded(EMPTY_FEED, ['b', 'a'])
  order = withNew(order, 'c', true)
  order = withNew(order, 'd', true)
  expect(order).toEqual({ shown: ['b', 'a'], gathered: ['d', 'c'] })
  expect(takenIn(order)).toEqual({ shown: ['d', 'c', 'b', 'a'], gathered: [] })
})

test('where the last change stands on top, what has changed goes there, and waits beside the list while the hand is in it', () => {
  let order = loaded(EMPTY_FEED, ['c', 'b', 'a'])
  order = withChanged(order, 'a', false)
  expect(order.shown).toEqual(['a', 'c', 'b'])
  order = withChanged(withChanged(withChanged(order, 'b', true), 'd', true), 'b', true)
  expect(order).toEqual({ shown: ['a', 'c', 'b'], gathered: ['b', 'd'] })
  expect(takenIn(order)).toEqual({ shown: ['b', 'd', 'a', 'c'], gathered: [] })
})

test('whatever comes, what is shown keeps its order while the hand is in the list, and nothing is there twice', () => {
  const deed = fc.record({ what: fc.constantFrom('new', 'changed', 'more'), id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') })
  fc.assert(
    fc.property(fc.array(deed), deeds => {
      let order = loaded(EMPTY_FEED, ['a', 'b'])
      for (const { what, id } of deeds) {
        const before = order.shown
        order = what === 'new' ? withNew(order, id, true) : what === 'changed' ? withChanged(order, id, true) : withMore(order, [id])
        expect(order.shown.slice(0, before.length)).toEqual(before)
      }
      const all = takenIn(order).shown
      expect(new Set(all).size).toBe(all.length)
    }),
  )
})

test.each([
  [undefined, 1, 'a'],
  [undefined, -1, 'c'],
  ['a', 1, 'b'],
  ['c', 1, 'c'],
  ['a', -1, 'a'],
  ['gone', 1, 'a'],
])('from %s a step of %i leads to %s', (chosen, by, next) => expect(stepFrom(['a', 'b', 'c'], chosen, by)).toBe(next))
