import { expect, test } from 'vitest'
import type { Appointment, Caller, Policy } from '#base/index.ts'
import { grantOf, type Tree } from './grant.ts'

const BELOW: Readonly<Record<string, readonly string[]>> = { hq: ['hq', 'busan', 'gamcheon', 'incheon'], busan: ['busan', 'gamcheon'] }
const tree: Tree = { headOffice: 'hq', below: id => new Set(BELOW[id] ?? [id]) }
const policy: Policy = {
  deed: 'alarms.act',
  ko: '경보 처리',
  en: 'act on alarms',
  reach: { 'watch-officer': 'all', 'field-officer': 'own', investigator: 'two' },
}
const officer = (...appointments: Appointment[]): Caller => ({ id: 'a', name: 'A', kind: 'person', appointments })
const grant = (post: Appointment['post'], organisation: string) => grantOf(officer({ post, organisation }), policy, tree)

test('a watch officer of a customs office reaches it and the centres below it, and no other', () => {
  const busan = grant('watch-officer', 'busan')
  expect([busan?.covers(['busan']), busan?.covers(['gamcheon']), busan?.covers(['incheon']), busan?.covers([])]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a watch officer of head office reaches everything, also what belongs to no organisation', () => {
  const head = grant('watch-officer', 'hq')
  expect([head?.organisations, head?.covers(['incheon']), head?.covers([])]).toEqual(['all', true, true])
})

test('a field officer reaches only where the post is held', () => {
  expect(grant('field-officer', 'busan')?.covers(['gamcheon'])).toBe(false)
  expect(grant('field-officer', 'hq')?.covers(['busan'])).toBe(false)
  expect(grant('field-officer', 'hq')?.covers([])).toBe(true)
})

test('a post the policy does not name, and a deed without a policy, are refused', () => {
  expect(grant('auditor', 'hq')).toBeUndefined()
  expect(grantOf(officer({ post: 'watch-officer', organisation: 'hq' }), undefined, tree)).toBeUndefined()
})

test('a second officer is needed only where no post of the caller may act alone', () => {
  expect(grant('investigator', 'hq')?.needsSecond()).toBe(true)
  const both = officer({ post: 'investigator', organisation: 'hq' }, { post: 'watch-officer', organisation: 'busan' })
  const granted = grantOf(both, policy, tree)
  expect([granted?.needsSecond(), granted?.needsSecond(['gamcheon']), granted?.needsSecond(['incheon'])]).toEqual([false, false, true])
})
