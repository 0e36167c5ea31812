import type { Incident } from '#incidents/index.ts'

/** What is counted as 검색·검사 until patrols and declarations stand: what was reported of it. */
export const isSearch = ({ kind }: Incident): boolean => kind === 'search-result' || kind === 'inspection'
