// Words of a custody line: states, deeds, what the seal or a gate told.
import { type Say, wordFor } from '../i18n/text.ts'
import type { Line } from './model.ts'

export const eventText = (say: Say, what: string): string => wordFor(say, 'detector', what)
export function lineText(say: Say, { kind, what }: Pick<Line, 'kind' | 'what'>): string {
  if (kind === 'state') return wordFor(say, 'seals.state', what)
  if (kind === 'deed') return wordFor(say, 'seals.deed', what)
  if (kind === 'gate') return wordFor(say, 'seals.passed', what)
  return wordFor(say, 'seals.event', what)
}
