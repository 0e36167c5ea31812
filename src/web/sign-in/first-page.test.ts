import { expect, test } from 'vitest'
import { beginningOf } from './first-page.ts'

test.each([
  ['a watch officer sees the room', ['watch-officer'], false, 'situation'],
  ['who stands watch and administrates stands watch', ['administrator', 'watch-leader'], false, 'situation'],
  ['a risk analyst sees the room', ['risk-analyst'], false, 'situation'],
  ['a field officer at a desk has the incidents', ['field-officer'], false, 'incidents'],
  ['an investigator has the incidents', ['investigator'], false, 'incidents'],
  ['a report editor has the report', ['report-editor'], false, 'reports'],
  ['a director with a phone has the report to sign', ['director'], true, 'reports'],
  ['an administrator has people and rights', ['administrator'], false, 'admin'],
  ['a wall screen has the room', ['screen'], false, 'situation'],
  ['who holds no post is not sent anywhere', [], false, 'situation'],
] as const)('%s first', (_, posts, isPhone, page) => {
  expect(beginningOf(posts, isPhone)).toEqual({ page, isReporting: false })
})

test('a field officer with a phone begins in the form of a report', () => {
  expect(beginningOf(['field-officer'], true)).toEqual({ page: 'incidents', isReporting: true })
})

test('an auditor begins in the trail', () => {
  expect(beginningOf(['auditor'], false)).toEqual({ page: 'admin', item: 'audit', isReporting: false })
})
