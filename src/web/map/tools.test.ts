import { describe, expect, test } from 'vitest'
import { createTools, crossesItself, legsOf, type Point, sketchOf } from './tools.ts'

const far = () => 100
const at = (lat: number, lon: number): Point => ({ lat, lon })
const near = (target: Point) => (point: Point) => (point.lat === target.lat && point.lon === target.lon ? 0 : 100)

describe('drawing an area', () => {
  test('without a pointer each point is put where the chart is moved to, and taken back', () => {
    const tools = createTools()
    tools.draw()
    for (const point of [at(35, 129), at(35, 130), at(36, 130)]) tools.put(point)
    expect(tools.close()).toBe(true)
    expect(tools.state.get()).toMatchObject({ isClosed: true, points: [at(35, 129), at(35, 130), at(36, 130)] })
    tools.put(at(1, 1))
    expect(tools.state.get()).toMatchObject({ points: [at(35, 129), at(35, 130), at(36, 130)] })
    expect(tools.back()).toBe(true)
  })

  test('three presses and one on the first point close the outline', () => {
    const tools = createTools()
    tools.draw()
    for (const point of [at(35, 129), at(35, 130), at(36, 130)]) tools.pointer('press', point, far)
    tools.pointer('press', at(35, 129), near(at(35, 129)))
    expect(tools.state.get()).toMatchObject({ tool: 'draw', isClosed: true, points: [at(35, 129), at(35, 130), at(36, 130)] })
  })

  test('a corner is dragged, an edge grows a corner, and each step is taken back one by one', () => {
    const tools = createTools()
    const square = [at(35, 129), at(35, 130), at(36, 130), at(36, 129)]
    tools.draw({ id: 'S-04', points: square })
    tools.pointer('press', at(35, 129), near(at(35, 129)))
    tools.pointer('move', at(34.5, 128.5), far)
    tools.pointer('release', at(34.5, 128.5), far)
    expect(tools.state.get()).toMatchObject({ points: [at(34.5, 128.5), ...square.slice(1)] })
    tools.pointer('press', at(35.5, 130), near(at(35.5, 130)))
    tools.pointer('release', at(35.5, 130), far)
    const five = tools.state.get()
    expect(five.tool === 'draw' && five.points).toHaveLength(5)
    expect(tools.back()).toBe(true)
    expect(tools.back()).toBe(true)
    expect(tools.state.get()).toMatchObject({ points: square, isClosed: true })
    expect(tools.back()).toBe(false)
  })

  test('two points make no area', () => {
    const tools = createTools()
    tools.draw()
    tools.pointer('press', at(35, 129), far)
    tools.pointer('press', at(35, 130), far)
    expect(tools.close()).toBe(false)
  })

  test('an outline that crosses itself is known', () => {
    expect(crossesItself([at(0, 0), at(1, 1), at(1, 0), at(0, 1)])).toBe(true)
    expect(crossesItself([at(0, 0), at(0, 1), at(1, 1), at(1, 0)])).toBe(false)
  })
})

test('measuring tells each leg in metres and degrees true', () => {
  const [leg] = legsOf([at(35, 129), at(36, 129)])
  expect(leg?.distanceM).toBeCloseTo(110_948, -2)
  expect(leg?.bearingDeg).toBeCloseTo(0, 5)
})

test('the sketch of a closed area is a polygon with its corners and middles', () => {
  const tools = createTools()
  tools.draw({ id: 'a', points: [at(35, 129), at(35, 130), at(36, 130)] })
  const kinds = sketchOf(tools.state.get()).features.map(feature => feature.geometry.type)
  expect(kinds.filter(kind => kind === 'Polygon')).toHaveLength(1)
  expect(kinds.filter(kind => kind === 'Point')).toHaveLength(6)
})
