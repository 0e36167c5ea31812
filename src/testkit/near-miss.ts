// What made near-misses are written with: a name, dice, a place anywhere at sea, and ships of the usual kinds.
import { factsOf, type MadeScenario, MMSI, rhythm } from './made-scenario.ts'
import { type Leg, type Scene, sized, square } from './sea-scene.ts'
import { anywhere, type Dice, diceOf, type Place, type Ship, type Station, voyage } from './voyages.ts'

type Make = (dice: Dice, at: Place) => Omit<MadeScenario, 'name' | 'expected'>

export const nearMiss = (name: string, make: Make): ((seed: number) => MadeScenario) => {
  const named = (seed: number): MadeScenario => {
    const dice = diceOf(seed)
    return { name, expected: [], ...make(dice, anywhere(dice)) }
  }
  Object.defineProperty(named, 'name', { value: name })
  return named
}
export const scene = (ships: readonly Ship[], dice: Dice, more: Partial<Scene> = {}, stations?: readonly Station[]) => ({
  reports: ships.map(ship => voyage(ship, dice, stations)),
  ships: factsOf(ships),
  ...more,
})

export const freighter = (dice: Dice): Ship['facts'] => sized(dice.whole(50, 250), 70)
export const fisher = (dice: Dice): Ship['facts'] => sized(dice.whole(10, 40), 30)

export const anchorage = (at: Place, halfM: number, kind: 'anchorage' | 'waiting' | 'port' | 'works' = 'anchorage') =>
  square({ id: 'A1', name: '시험정박지', kind }, [at.lat, at.lon], halfM)

export const alone = (dice: Dice, facts: Ship['facts'], at: Place, legs: readonly Leg[], more: Partial<Ship> = {}): Ship => ({
  mmsi: MMSI + 1,
  facts,
  at,
  legs,
  everyS: rhythm(dice),
  ...more,
})
