import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cellsAlong } from './grid.ts'

const passed = (ax: number, ay: number, bx: number, by: number): Set<string> => {
  const cells = new Set<string>()
  cellsAlong(ax, ay, bx, by, (x, y) => cells.add(`${x},${y}`))
  return cells
}
const coordinate = fc.double({ min: -20, max: 20, noNaN: true })

test('no cell an edge passes is left out, however slightly it cuts a corner', () => {
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (ax, ay, bx, by) => {
      const cells = passed(ax, ay, bx, by)
      for (let n = 0; n <= 500; n++) {
        const [x, y] = [ax + ((bx - ax) * n) / 500, ay + ((by - ay) * n) / 500]
        expect(cells.has(`${Math.floor(x)},${Math.floor(y)}`)).toBe(true)
      }
    }),
    { numRuns: 150, seed: 62 },
  )
})

test('every cell it names is touched by the edge', () => {
  fc.assert(
    fc.property(coordinate, coordinate, coordinate, coordinate, (ax, ay, bx, by) => {
      for (const cell of passed(ax, ay, bx, by)) {
        const [x = 0, y = 0] = cell.split(',').map(Number)
        expect(touches(x, y, ax, ay, bx, by), cell).toBe(true)
      }
    }),
    { numRuns: 200, seed: 63 },
  )
})

/** Whether a part of the edge lies in the cell, a millionth of a cell taken wider (Liang–Barsky). */
function touches(x: number, y: number, ax: number, ay: number, bx: number, by: number): boolean {
  let [from, to] = [0, 1]
  for (const [start, step, low] of [
    [ax, bx - ax, x - 1e-6],
    [ay, by - ay, y - 1e-6],
  ] as const) {
    const high = low + 1 + 2e-6
    if (step === 0) {
      if (start < low || start > high) return false
      continue
    }
    const [one, other] = [(low - start) / step, (high - start) / step]
    from = Math.max(from, Math.min(one, other))
    to = Math.min(to, Math.max(one, other))
  }
  return from <= to
}

test('an edge that clips the corner of a cell by a hundredth of it marks that cell', () => {
  expect([...passed(0.5, 0.49, 1.01, 1.01)].includes('1,1')).toBe(true)
  expect([...passed(0.5, 0.02, 0.98, 0.5)].sort()).toEqual(['0,0'])
  expect(passed(0.99, -0.5, 1.5, 0.015).has('1,0')).toBe(true)
})
