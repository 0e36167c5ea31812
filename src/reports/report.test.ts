import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Post } from '#base/index.ts'
import { type BoxPlan, done, isDecided, newReport, nextBox, type Report, type ReportDeed, signedCount } from './report.ts'

const BOXES: readonly BoxPlan[] = [
  { title: '담당', post: 'report-editor' },
  { title: '상황실장', post: 'watch-leader' },
  { title: '감시과장', post: 'director' },
  { title: '국장', post: 'director' },
]
const fresh = (): Report =>
  newReport({ id: 'daily-2026-11-24', kind: 'daily', day: '2026-11-24', fromMs: 0, toMs: 1, number: '2026-328' }, BOXES, 0)
const PEOPLE: Readonly<Record<string, readonly Post[]>> = {
  kim: ['report-editor'],
  lee: ['watch-leader'],
  park: ['director'],
  choi: ['director'],
}
let steps = 0
const by = (who: string, id = `step-${++steps}`) => ({ author: { id: who, name: who }, id, atMs: steps })
const sign = (who: string, more: Partial<Extract<ReportDeed, { deed: 'sign' }>> = {}): ReportDeed => ({
  deed: 'sign',
  fingerprint: 'f',
  isBlocked: false,
  posts: PEOPLE[who] ?? [],
  isAlone: false,
  finalFrom: 2,
  ...more,
})
const edit = (target: string, text: string, base: number): ReportDeed => ({
  deed: 'edit',
  edit: { deed: 'text', target, text },
  language: 'ko',
  base,
  before: '앞',
  reason: '',
})

/** Deeds one after the other; the last one's outcome: a state, or why it was refused. */
function play(...deeds: readonly (readonly [who: string, deed: ReportDeed])[]): { readonly report: Report; readonly outcome: string } {
  let report = fresh()
  let outcome = ''
  for (const [who, deed] of deeds) {
    const made = done(report, deed, by(who))
    outcome = made.ok ? made.value.state : made.reason.code
    if (made.ok) report = made.value
  }
  return { report, outcome }
}
const chain = ['kim', 'lee', 'park', 'choi'].map(who => [who, sign(who)] as const)

describe('the approval line', () => {
  test.each<readonly [string, readonly (readonly [string, ReportDeed])[], string]>([
    ['the first signature hands it in', chain.slice(0, 1), 'review'],
    ['all four approve it', chain, 'approved'],
    ['a post that is not next is refused', [['lee', sign('lee')]], 'not-your-box'],
    ['one person signs one box', [...chain.slice(0, 3), ['park', sign('park')]], 'signed-already'],
    ['alone in the house one person fills all boxes', [...chain.slice(0, 3), ['park', sign('park', { isAlone: true })]], 'approved'],
    ['sums that do not agree block it', [['kim', sign('kim', { isBlocked: true })]], 'blocked'],
    ['전결: the third box decides, the fourth is skipped', [...chain.slice(0, 2), ['park', sign('park', { as: 'final' })]], 'approved'],
    ['전결 below the third box is refused', [...chain.slice(0, 1), ['lee', sign('lee', { as: 'final' })]], 'not-final'],
    [
      '대결: who holds the box below signs for the absent one',
      [...chain.slice(0, 1), ['han', sign('han', { as: 'stand-in', posts: ['report-editor'] })]],
      'review',
    ],
    [
      '대결 by a stranger is refused',
      [...chain.slice(0, 2), ['han', sign('han', { as: 'stand-in', posts: ['report-editor'] })]],
      'not-your-box',
    ],
    [
      'returned by whoever is to sign next',
      [...chain.slice(0, 2), ['park', { deed: 'return', text: '수치 확인', posts: ['director'] }]],
      'returned',
    ],
    [
      'returned without a note is refused',
      [...chain.slice(0, 2), ['park', { deed: 'return', text: ' ', posts: ['director'] }]],
      'text-empty',
    ],
    ['what nobody has signed is not returned', [['park', { deed: 'return', text: '왜', posts: ['director'] }]], 'nothing-to-return'],
    ['after approval nothing changes', [...chain, ['kim', edit('a', '나', 9)]], 'approved-already'],
    ['nor is it returned', [...chain, ['choi', { deed: 'return', text: '왜', posts: ['director'] }]], 'approved-already'],
    ['nor signed again', [...chain, ['choi', sign('choi')]], 'approved-already'],
    [
      'a fact that came after makes it corrected',
      [...chain, ['kim', { deed: 'correct', text: '4건이 아니라 5건', inReport: 'daily-2026-11-25' }]],
      'corrected',
    ],
    ['what is not approved is changed, not corrected', [['kim', { deed: 'correct', text: '5건', inReport: 'x' }]], 'not-approved'],
  ])('%s', (_words, deeds, expected) => {
    expect(play(...deeds).outcome).toBe(expected)
  })

  test('a report that was sent back begins its signatures anew and keeps every change', () => {
    const { report } = play(
      ['kim', edit('a', '고친 글', 1)],
      ...chain.slice(0, 2),
      ['park', { deed: 'return', text: '수치 확인', posts: ['director'] }],
      ['kim', edit('b', '다시', 99)],
    )
    expect(report.state).toBe('writing')
    expect(nextBox(report)).toBe(0)
    expect(report.edits.map(one => 'text' in one && one.text)).toEqual(['고친 글', '다시'])
  })
})

test('two at the same words: the second is told what the first wrote, and what is elsewhere joins', () => {
  const first = done(fresh(), edit('line', '김의 글', 1), by('kim'))
  if (!first.ok) throw new Error('refused')
  const second = done(first.value, edit('line', '이의 글', 1), by('lee'))
  expect(second).toMatchObject({ ok: false, reason: { code: 'changed-meanwhile', now: { text: '김의 글', by: 'kim' } } })
  expect(done(first.value, edit('other', '이의 글', 1), by('lee')).ok).toBe(true)
  // Having seen it, lee may write over it.
  expect(done(first.value, edit('line', '이의 글', first.value.revision), by('lee')).ok).toBe(true)
  // One's own words again are no clash.
  expect(done(first.value, edit('line', '김의 새 글', 1), by('kim')).ok).toBe(true)
})

test('whatever deeds come in whatever order: signed boxes are the lowest ones, each by another hand, and what is approved never changes', () => {
  const anyDeed = fc.tuple(
    fc.constantFrom('kim', 'lee', 'park', 'choi', 'han'),
    fc.oneof(
      fc.constant('sign' as const),
      fc.constant('final' as const),
      fc.constant('stand-in' as const),
      fc.constant('return' as const),
      fc.constant('edit' as const),
      fc.constant('undo' as const),
      fc.constant('comment' as const),
    ),
  )
  fc.assert(
    fc.property(fc.array(anyDeed, { maxLength: 40 }), deeds => {
      let report = fresh()
      for (const [who, word] of deeds) {
        const deed: ReportDeed =
          word === 'edit'
            ? edit('a', who, report.revision)
            : word === 'undo'
              ? { deed: 'undo', edit: report.edits.at(-1)?.id ?? '' }
              : word === 'comment'
                ? { deed: 'comment', target: 'a', text: who }
                : word === 'return'
                  ? { deed: 'return', text: who, posts: PEOPLE[who] ?? [] }
                  : sign(who, word === 'sign' ? {} : { as: word })
        const made = done(report, deed, by(who))
        if (isDecided(report)) expect(made.ok).toBe(false)
        if (!made.ok) continue
        expect(made.value.revision).toBe(report.revision + 1)
        expect(made.value.edits.length).toBeGreaterThanOrEqual(report.edits.length)
        report = made.value
        const hands = report.boxes.flatMap(one => one.signature?.by.id ?? [])
        expect(new Set(hands).size).toBe(hands.length)
        const next = nextBox(report)
        expect(report.boxes.slice(0, next < 0 ? undefined : next).every(one => one.signature || one.isSkipped)).toBe(true)
        expect(isDecided(report)).toBe(signedCount(report) === report.boxes.length)
      }
    }),
    { numRuns: 300 },
  )
})
