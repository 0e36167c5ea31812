// What a section is: a function of the facts and the language. A new section is one file here and one line in index.ts.
import type { Facts } from '../facts.ts'
import type { PaperLanguage, Section, SectionId, Why } from '../model.ts'
import type { QueryId } from '../queries.ts'
import type { PaperSay } from '../words.ts'

export interface SectionInput {
  readonly facts: Facts
  readonly language: PaperLanguage
  readonly say: PaperSay
}
export type SectionMaker = (input: SectionInput) => Section

export const why = (query: QueryId, sources: readonly string[]): Why => ({ query, sources })

/** A room that does not stand yet: said so, never 0. */
export const notLinked = (id: SectionId, { say }: SectionInput): Section => ({
  id,
  title: say(`section.${id}`),
  state: 'not-linked',
  isNarrow: true,
  blocks: [{ kind: 'words', id: `${id}/not-linked`, text: say('not-linked') }],
})

/** Nothing there: the section stays, and says so. */
export const empty = (id: SectionId, { say }: SectionInput, more: Partial<Section> = {}): Section => ({
  id,
  title: say(`section.${id}`),
  state: 'none',
  blocks: [{ kind: 'words', id: `${id}/none`, text: say('none') }],
  ...more,
})

/** Offices' names as in the brackets of the report: 부산세관, 관세국경감시과, 부산신항. */
export function bracketName({ facts, language, say }: SectionInput, id: string): string {
  const one = facts.sources.organisations().get(id)
  if (!one) return id
  if (one.kind === 'head-office') return say('division')
  if (language === 'en') return one.en
  return one.kind === 'customs-office' ? `${one.shortKo}세관` : one.ko
}
/** A centre has the name of its port, as its office has: it says that it is the centre. */
export function shortName({ facts, language }: SectionInput, id: string): string {
  const one = facts.sources.organisations().get(id)
  if (!one) return id
  const isCentre = one.kind === 'control-centre' || one.kind === 'monitoring-centre'
  if (language === 'ko') return isCentre ? `${one.shortKo}센터` : one.shortKo
  return isCentre ? `${one.shortEn} Centre` : one.shortEn
}
