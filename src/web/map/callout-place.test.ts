import { expect, test } from 'vitest'
import { placeCallouts } from './callout-place.ts'

const clear = { width: 800, height: 600 }
const size = { width: 200, height: 40 }
const one = (x: number, y: number) => placeCallouts(clear, [{ at: { x, y }, size }])[0]

test('a box stands to the right of its place and below', () => expect(one(100, 100)).toEqual({ x: 130, y: 112 }))

test('a place outside the chart has no box, also where it lies under the time bar', () => {
  expect(one(100, 601)).toBeUndefined()
  expect(one(-1, 100)).toBeUndefined()
  expect(one(801, 100)).toBeUndefined()
})

test('near the edge the box turns to the other side and stays whole', () => {
  expect(one(780, 100)).toEqual({ x: 550, y: 112 })
  expect(one(100, 590)).toEqual({ x: 130, y: 538 })
  expect(one(790, 595)).toEqual({ x: 560, y: 543 })
})

test('boxes of places close together do not lie over each other', () => {
  const [first, second] = placeCallouts(clear, [
    { at: { x: 300, y: 300 }, size },
    { at: { x: 305, y: 303 }, size },
  ])
  expect(first).toEqual({ x: 330, y: 312 })
  expect(second).toEqual({ x: 75, y: 315 })
})

test('a box without a free side gives way, the first never', () => {
  const narrow = { width: 210, height: 60 }
  const [first, second] = placeCallouts(narrow, [
    { at: { x: 100, y: 30 }, size },
    { at: { x: 100, y: 30 }, size },
  ])
  expect(first).toEqual({ x: 10, y: 20 })
  expect(second).toBeUndefined()
})
