// What posts are called in texts of telling. A test compares them with the words of the screen.

export const POST_WORDS: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  'watch-officer': { ko: '당직관', en: 'watch officer' },
  'watch-leader': { ko: '조장', en: 'watch leader' },
  'field-officer': { ko: '현장 요원', en: 'field officer' },
  'risk-analyst': { ko: '위험분석관', en: 'risk analyst' },
  investigator: { ko: '조사관', en: 'investigator' },
  'report-editor': { ko: '보고 담당', en: 'report editor' },
  director: { ko: '국·과장', en: 'director' },
  statistician: { ko: '통계 담당', en: 'statistician' },
  administrator: { ko: '관리자', en: 'administrator' },
  auditor: { ko: '감사관', en: 'auditor' },
}
