// Shapes of the room that the browser may see: names of posts and of reaches, and the topics told on the live line.
import type { Post, Reach } from '#base/index.ts'

/** Names of the posts, as they stand in the matrix of rights and in lists that are imported. */
export const POST_NAMES: Readonly<Record<Post, { readonly ko: string; readonly en: string }>> = {
  'watch-officer': { ko: '당직관', en: 'watch officer' },
  'watch-leader': { ko: '조장', en: 'watch leader' },
  'field-officer': { ko: '현장 요원', en: 'field officer' },
  'risk-analyst': { ko: '위험분석관', en: 'risk analyst' },
  investigator: { ko: '조사관', en: 'investigator' },
  'report-editor': { ko: '보고 담당', en: 'report editor' },
  director: { ko: '국·과장', en: 'director' },
  statistician: { ko: '통계 담당', en: 'statistician' },
  administrator: { ko: '관리자', en: 'administrator' },
  integrator: { ko: '연계 기계', en: 'integrator (machine)' },
  screen: { ko: '상황판', en: 'wall screen' },
  auditor: { ko: '감사관', en: 'auditor' },
}

/** How far a deed reaches, in the words of the matrix; `none` where the policy does not name the post. */
export const REACH_NAMES: Readonly<Record<Reach | 'none', { readonly ko: string; readonly en: string }>> = {
  all: { ko: '모두', en: 'all' },
  own: { ko: '제 곳', en: 'own' },
  two: { ko: '두 사람', en: 'two' },
  none: { ko: '–', en: '–' },
}
