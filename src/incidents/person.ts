// Persons in an incident: what everybody who sees it may know (part in it, masked name) and what only those with the right may, each look audited. The law's clock
// erases the second; that there was somebody, in which part, stays with the record.
import type { PersonFull, PersonShort } from './schema.ts'

/** 김철수 → 김○○, SMITH JOHN → S○○○○ J○○○: first letter of each word, the rest counted away. Short Korean names keep the form of official papers. */
export function maskedName(name: string): string {
  const words = name.trim().split(/\s+/)
  if (words.length === 1 && /^[가-힣]{2,5}$/.test(name.trim())) return `${name.trim()[0]}○○`
  return words.map(word => `${[...word][0] ?? ''}${'○'.repeat(Math.min(4, Math.max(1, [...word].length - 1)))}`).join(' ')
}

export const shortOf = (person: PersonFull): PersonShort => ({ id: person.id, role: person.role, masked: maskedName(person.name) })

export const erasedOf = ({ id, role }: Pick<PersonShort, 'id' | 'role'>): PersonShort => ({ id, role, masked: '○○○', isErased: true })
