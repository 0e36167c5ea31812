// Where a person begins who opened no page of their own: at what their post does first. Who watches sees the room; on a phone, who reports from the field has the form open.
import type { Post } from '#base/index.ts'
import { PAGES, type Page } from '../shell/address.ts'

/** The first of these that is held counts: who stands watch and also administrates stands watch. */
const BEGINS: readonly (readonly [post: Post, desk: string, phone: string])[] = [
  ['watch-officer', 'situation', 'incidents'],
  ['watch-leader', 'situation', 'incidents'],
  ['field-officer', 'incidents', 'incidents'],
  ['risk-analyst', 'situation', 'incidents'],
  ['director', 'situation', 'reports'],
  ['report-editor', 'reports', 'reports'],
  ['investigator', 'incidents', 'incidents'],
  ['statistician', 'statistics', 'statistics'],
  ['auditor', 'admin', 'admin'],
  ['administrator', 'admin', 'admin'],
]

export interface Beginning {
  readonly page: Page
  /** Opened on the page. */
  readonly item?: string
  /** The form of a report stands open. */
  readonly isReporting: boolean
}

export function beginningOf(posts: readonly string[], isPhone: boolean): Beginning {
  const [post, desk, phone] = BEGINS.find(([one]) => posts.includes(one)) ?? ['', 'situation', 'situation']
  return {
    page: PAGES.find(page => page === (isPhone ? phone : desk)) ?? 'situation',
    isReporting: post === 'field-officer' && isPhone,
    ...(post === 'auditor' ? { item: 'audit' } : {}),
  }
}
