import { expect, test } from 'vitest'
import { DETECTORS } from '#vessels/index.ts'
import { EN as en, KO as ko } from '../src/web/i18n/texts.ts'

test('every detector has its name on the screen, in both languages', () => {
  const names = DETECTORS.flatMap(detector => [detector.name, ...(detector.alsoRaises ?? [])]).map(name => `detector.${name}`)
  expect(names.filter(name => !Object.hasOwn(ko, name) || !Object.hasOwn(en, name))).toEqual([])
})
