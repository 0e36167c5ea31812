// Drawing a corridor: points find their stretch, ends stay, every step goes back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { back, drag, grab, type Point, put, type Sketch, sketchOf, take, withEnds } from './sketch.ts'

const FROM: Point = [128, 35]
const TO: Point = [129, 37]
const start = sketchOf([FROM, TO])

test('points put one after another along the road stand in that order', () => {
  const drawn = (
    [
      [128.3, 35.2],
      [128.5, 35.9],
      [128.9, 36.6],
    ] as const
  ).reduce<Sketch>((sketch, at) => put(sketch, at).sketch, start)
  expect(drawn.line).toEqual([FROM, [128.3, 35.2], [128.5, 35.9], [128.9, 36.6], TO])
  expect(put(drawn, [128.4, 35.5])).toMatchObject({ n: 2 })
})

test('the places at both ends are neither moved nor taken away', () => {
  for (const n of [0, 1]) {
    expect(drag(start, n, [0, 0]).line).toEqual([FROM, TO])
    expect(take(start, n)).toBe(start)
  }
  expect(withEnds(put(start, [128.3, 35.2]).sketch, TO, FROM).line).toEqual([TO, [128.3, 35.2], FROM])
})

test('whatever is done is taken back step by step; a long drag is one step', () => {
  const place = fc.tuple(fc.double({ min: 126, max: 130, noNaN: true }), fc.double({ min: 33, max: 38, noNaN: true }))
  const act = fc.oneof(
    place.map(at => (sketch: Sketch) => put(sketch, at).sketch),
    fc.tuple(fc.nat(9), place, place).map(
      ([n, one, two]) =>
        (sketch: Sketch) =>
          drag(drag(grab(sketch), n, one), n, two),
    ),
    fc.nat(9).map(n => (sketch: Sketch) => take(sketch, n)),
  )
  fc.assert(
    fc.property(fc.array(act, { maxLength: 20 }), acts => {
      const states = [start]
      for (const one of acts) {
        const next = one(states.at(-1)!)
        if (next !== states.at(-1)) states.push(next)
        expect([next.line[0], next.line.at(-1)]).toEqual([FROM, TO])
      }
      let now = states.at(-1)!
      for (const before of states.slice(0, -1).reverse()) {
        now = back(now)
        expect(now.line).toEqual(before.line)
      }
      expect(back(now).line).toEqual(start.line)
    }),
  )
})
