import { expect, test } from 'vitest'
import { faultsOf, labelledScenarios, reportsOf, sceneOf } from '../../testkit/labelled-scenarios.ts'
import { disordered, judgeScene } from '../../testkit/sea-scene.ts'
import { sharedData } from '../../testkit/shared-data.ts'
import { DETECTORS } from './index.ts'

const NAMES = DETECTORS.flatMap(({ name, alsoRaises }) => [name, ...(alsoRaises ?? [])])
const folder = sharedData('detectors')
const scenarios = folder === undefined ? [] : labelledScenarios(folder)

test.runIf(folder !== undefined).each(scenarios.map(scenario => [scenario.title, scenario] as const))('%s', (_title, scenario) => {
  const { findings } = judgeScene({ ...sceneOf(scenario), reports: [reportsOf(folder ?? '', scenario.id)] })
  expect(faultsOf(scenario, findings, NAMES)).toEqual([])
})

test.runIf(folder !== undefined)(
  'all of it again with a fifth of the reports doubled and receipts up to two minutes late, and the same situations',
  () => {
    for (const [seed, scenario] of scenarios.entries()) {
      const reports = reportsOf(folder ?? '', scenario.id)
      const { findings } = judgeScene({ ...sceneOf(scenario), reports: [disordered(reports, 120, 0.2, seed)] })
      expect(faultsOf(scenario, findings, NAMES, 120_000), scenario.id).toEqual([])
      const inOrder = judgeScene({ ...sceneOf(scenario), reports: [reports] }).findings
      // A feed's silence is about receipt itself, and that was changed.
      for (const one of inOrder.filter(({ severity, detector }) => severity !== 'low' && detector !== 'feed-silent'))
        expect(
          findings.some(({ detector, from }) => detector === one.detector && Math.abs(from - one.from) <= 60_000),
          `${scenario.id}: ${one.detector} from the same minute`,
        ).toBe(true)
    }
  },
)
