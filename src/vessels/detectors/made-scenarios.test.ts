// Every rule on scenes made fresh from seeds: each situation is found once, with sensible times, and nothing else; near-misses are silent; and all of it the same
// when receipts are shuffled within two minutes and a fifth of the reports doubled. MANGRU_SEEDS asks for more seeds.
import { expect, test } from 'vitest'
import { NEAR_MISSES } from '../../testkit/made-near-misses.ts'
import { faultsOfMade, type MadeScenario } from '../../testkit/made-scenario.ts'
import { MADE } from '../../testkit/made-scenarios.ts'
import { disordered, judgeScene } from '../../testkit/sea-scene.ts'

const { MANGRU_SEEDS } = process.env
const SEEDS = Number(MANGRU_SEEDS ?? 3)
const SHUFFLED_MIN = 2

const shuffled = (made: MadeScenario, seed: number): MadeScenario => ({
  ...made,
  reports: made.reports.map((own, n) => disordered(own, SHUFFLED_MIN * 60, 0.2, seed * 100 + n)),
})

const makers = [...MADE, ...NEAR_MISSES].map(make => [make(1).name, make] as const)

test.each(makers)('%s: what is to be found and nothing else, in order and out of order', (_name, make) => {
  const faults: string[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const made = make(seed)
    for (const fault of faultsOfMade(made, judgeScene(made).findings)) faults.push(`seed ${seed}: ${fault}`)
    for (const fault of faultsOfMade(made, judgeScene(shuffled(made, seed)).findings, SHUFFLED_MIN))
      faults.push(`seed ${seed} shuffled: ${fault}`)
  }
  expect(faults).toEqual([])
})
