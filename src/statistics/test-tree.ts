// For tests: head office, two offices, a centre below one of them.
import type { Organisation, OrganisationTree } from '#access/index.ts'

const one = (id: string, kind: Organisation['kind'], parent?: string): Organisation => ({
  id,
  kind,
  ko: `${id} 기관`,
  en: `${id} office`,
  shortKo: id,
  shortEn: id,
  isExample: true,
  ...(parent === undefined ? {} : { parent }),
})
const all = [
  one('hq', 'head-office'),
  one('busan', 'customs-office', 'hq'),
  one('incheon', 'customs-office', 'hq'),
  one('gamcheon', 'monitoring-centre', 'busan'),
]
const BELOW: Readonly<Record<string, readonly string[]>> = {
  hq: ['hq', 'busan', 'incheon', 'gamcheon'],
  busan: ['busan', 'gamcheon'],
  incheon: ['incheon'],
  gamcheon: ['gamcheon'],
}

export const ORGANISATION_TREE: OrganisationTree = {
  all,
  headOffice: 'hq',
  get: id => all.find(item => item.id === id),
  below: id => new Set(BELOW[id] ?? []),
}
