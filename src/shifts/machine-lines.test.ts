import { expect, test } from 'vitest'
import type { AuditEntry } from '#access/index.ts'
import { auditLine, type Names } from './machine-lines.ts'

const NAMES: Names = {
  headOffice: 'head-office',
  subjectsOf: () => '',
  person: id => (id === 'p-1' ? '상황실장' : id),
  organisation: id => ({ ko: id, en: id }),
}
const row = (deed: string, thing: string, who: string): AuditEntry => ({ n: 7, atMs: 0, who, deed, thing, note: '' })

test.each([
  ['report.draft', 'daily-2026-11-26', 'mangru', '일일상황 11. 26. 초안', 'daily report of 11-26 drafted'],
  ['report.approve', 'daily-2026-11-26', 'p-1', '일일상황 11. 26. 결재 · 상황실장', 'daily report of 11-26 approved by 상황실장'],
  ['report.send', 'weekly-2026-11-30', 'mangru', '주간상황 11. 30. 발송', 'weekly report of 11-30 sent'],
  ['report.draft', 'odd', 'mangru', 'odd 초안', 'odd drafted'],
])('%s of %s by %s stands in the log as “%s”', (deed, thing, who, ko, en) => {
  expect(auditLine(row(deed, thing, who), NAMES, () => undefined)).toMatchObject({ id: 'audit:7', kind: 'report', ko, en })
})

test('a report changed by hand is no line of the log', () => {
  expect(auditLine(row('report.edit.text', 'daily-2026-11-26', 'p-1'), NAMES, () => undefined)).toBeUndefined()
})

test('who signs in for their watch stands in the log, with the desk, once a watch; who stands none does not', () => {
  const watch = { id: 'roster-1:2026-11-26:night', organisation: 'busan', ko: '2조 당직 1', en: 'crew 2 watch 1' }
  expect(auditLine(row('sign-in', '자리 3', 'p-1'), NAMES, () => watch)).toMatchObject({
    id: 'sign-in:roster-1:2026-11-26:night:p-1',
    kind: 'sign-in',
    organisations: ['busan'],
    ko: '2조 당직 1 상황실장 출근 (자리 3)',
    en: 'crew 2 watch 1 상황실장 signed in (자리 3)',
  })
  expect(auditLine(row('sign-in', '', 'p-1'), NAMES, () => watch)?.ko).toBe('2조 당직 1 상황실장 출근')
  expect(auditLine(row('sign-in', '자리 3', 'p-2'), NAMES, () => undefined)).toBeUndefined()
  expect(auditLine(row('sign-in.failed', '127.0.0.1', 'p-1'), NAMES, () => watch)).toBeUndefined()
})
