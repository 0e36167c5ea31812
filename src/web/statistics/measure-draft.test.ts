import { expect, test } from 'vitest'
import { emptyDraft, functionsFor, toggledWord, withFunction, withLimit, withSource } from './measure-draft.ts'
import type { SourceView } from './model.ts'

const source = (id: string, numbers: readonly string[], hasSubject = false): SourceView => ({
  id,
  ko: id,
  en: id,
  isLinked: true,
  isSeen: true,
  hasSubject,
  kinds: new Map(),
  subs: new Map(),
  numbers: numbers.map(number => ({ id: number, ko: number, en: number, unit: 's' })),
})
const alarms = source('alarms', ['level', 'acknowledgeS'])
const checks = source('checks', [], true)

test('other records take back conditions, numbers and functions that do not fit them', () => {
  const draft = withFunction({ ...emptyDraft('own-1', alarms), where: [{ field: 'level', below: 3 }] }, 'median', alarms)
  expect(draft).toMatchObject({ function: 'median', number: 'level' })
  const other = withSource(draft, checks)
  expect(other).toMatchObject({ source: 'checks', function: 'count', where: [] })
  expect(other).not.toHaveProperty('number')
})

test('what cannot be told apart is not offered to be told apart, what has no numbers has no median', () => {
  expect(functionsFor(alarms)).not.toContain('distinct')
  expect(functionsFor(checks)).toEqual(['count', 'share', 'distinct'])
})

test('words are ticked and unticked; the last one unticked leaves no condition', () => {
  const one = toggledWord([], 'kind', 'boarding')
  const two = toggledWord(one, 'kind', 'search')
  expect(two).toEqual([{ field: 'kind', is: ['boarding', 'search'] }])
  expect(toggledWord(toggledWord(two, 'kind', 'boarding'), 'kind', 'search')).toEqual([])
})

test('limits from below and above stand in one condition; both taken off leave none', () => {
  const both = withLimit(withLimit([], 'level', 'atLeast', 1), 'level', 'below', 3)
  expect(both).toEqual([{ field: 'level', atLeast: 1, below: 3 }])
  expect(withLimit(withLimit(both, 'level', 'atLeast', undefined), 'level', 'below', undefined)).toEqual([])
})
