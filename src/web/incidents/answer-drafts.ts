// Answers being written, one an incident: kept in the browser while they are typed, so that another incident looked at, a reload or a closed browser loses none.
import { list, text } from '../live/wire.ts'
import type { Keeping } from './keeping.ts'
import type { Link, Mention } from './model.ts'
import * as wire from './wire.ts'

export interface AnswerDraft {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly links: readonly Link[]
  readonly files: readonly { readonly id: string; readonly name: string }[]
}
export const NO_ANSWER: AnswerDraft = { text: '', mentions: [], links: [], files: [] }

export interface AnswerDrafts {
  of(incident: string): Promise<AnswerDraft>
  keep(incident: string, draft: AnswerDraft): void
}

export function createAnswerDrafts(keeping: Keeping, me: () => string | undefined): AnswerDrafts {
  const keyOf = (incident: string): string => `answer:${incident}:${me() ?? ''}`
  return {
    async of(incident) {
      const kept = await keeping.get('drafts', keyOf(incident)).catch(() => undefined)
      if (kept === undefined) return NO_ANSWER
      return {
        text: text(kept, 'text') ?? '',
        mentions: list(kept, 'mentions').map(wire.mention),
        links: list(kept, 'links').map(wire.link),
        files: list(kept, 'files').map(file => ({ id: text(file, 'id') ?? '', name: text(file, 'name') ?? '' })),
      }
    },
    keep(incident, draft) {
      const isEmpty = draft.text === '' && draft.files.length === 0
      void (isEmpty ? keeping.remove('drafts', keyOf(incident)) : keeping.put('drafts', keyOf(incident), draft)).catch(() => undefined)
    },
  }
}
