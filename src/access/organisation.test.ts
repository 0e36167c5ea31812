import { expect, test } from 'vitest'
import { distinctName, organisationTree } from './organisation.ts'
import { ORGANISATIONS } from './organisations-korea.ts'

test('the tree that ships has a head office, nine customs offices, eight control and six monitoring centres', () => {
  const tree = organisationTree(ORGANISATIONS)
  const count = (kind: string) => tree.all.filter(one => one.kind === kind).length
  expect(['head-office', 'customs-office', 'control-centre', 'monitoring-centre'].map(count)).toEqual([1, 9, 8, 6])
  expect(tree.below('hq').size).toBe(24)
  expect([...tree.below('busan')].sort()).toEqual(['busan', 'busan-control', 'busan-new-port', 'gamcheon'])
})

test('a tree with two heads, a stranger as parent or a circle is refused', () => {
  const [hq, busan] = ORGANISATIONS
  if (!hq || !busan) throw new Error('no organisations')
  const { parent: _, ...free } = busan
  expect(() => organisationTree([hq, free])).toThrow(/one head office/)
  expect(() => organisationTree([hq, { ...busan, parent: 'nowhere' }])).toThrow(/does not exist/)
  expect(() => organisationTree([hq, { ...busan, id: 'a', parent: 'b' }, { ...busan, id: 'b', parent: 'a' }])).toThrow(/under itself/)
})

test.each(['ko', 'en'] as const)('no two organisations are called the same where a choice is made (%s)', language => {
  expect(new Set(ORGANISATIONS.map(one => distinctName(one)[language])).size).toBe(ORGANISATIONS.length)
})
