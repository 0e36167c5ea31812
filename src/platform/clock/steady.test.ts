import { expect, test } from 'vitest'
import { createSteadyTime } from './index.ts'

const HOUR = 3_600_000

test('small corrections of the machine’s clock are followed at once', () => {
  let [wall, mono] = [1_000_000, 0]
  const time = createSteadyTime(
    () => wall,
    () => mono,
  )
  mono += 1000
  wall += 1500
  expect(time()).toBe(1_001_500)
})

test('a leap of an hour moves the time of receipt by a tenth of a second each second, and back alike', () => {
  let [wall, mono] = [1_000_000, 0]
  const time = createSteadyTime(
    () => wall,
    () => mono,
  )
  wall += HOUR
  for (let second = 0; second < 600; second++) {
    mono += 1000
    wall += 1000
    time()
  }
  expect(time() - 1_000_000).toBeCloseTo(660_000, -2)
  wall -= HOUR
  for (let second = 0; second < 600; second++) {
    mono += 1000
    wall += 1000
    time()
  }
  expect(time() - 1_000_000).toBeCloseTo(1_200_000, -2)
})
