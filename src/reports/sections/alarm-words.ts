// An alarm in words of the paper: what it is about, and what was done.
import { type Alarm, DETECTOR_WORDS } from '#alerts/index.ts'
import { clipped } from '../clip.ts'
import { wordOr } from '../words.ts'
import type { SectionInput } from './section.ts'

export const detectorWords = ({ language }: SectionInput, { joined }: Alarm): string =>
  DETECTOR_WORDS[joined.detector]?.[language] ?? joined.detector

/** 해상 접선 (ORIENT FROST 7, HAE DONG 88) */
export function subjectWords(input: SectionInput, alarm: Alarm): string {
  const { facts } = input
  const { joined } = alarm
  const names = joined.subjects.filter(one => one.kind !== 'area').map(one => facts.sources.labelOf(one.kind, one.id) ?? one.id)
  const what = detectorWords(input, alarm)
  return names.length === 0 ? what : `${what} (${names.slice(0, 2).join(', ')}${names.length > 2 ? ` +${names.length - 2}` : ''})`
}

/** The newest words of a person, else how it ended; and when, where somebody acted. What people write is Korean: the English page has the outcome alone. */
export function doneWords({ say, language }: SectionInput, alarm: Alarm): { readonly text: string; readonly atMs?: number } {
  const lines = alarm.history.filter(line => line.who !== 'mangru')
  const last = lines.filter(line => line.note).at(-1) ?? lines.at(-1)
  if (!last) return { text: alarm.state === 'closed' ? say('actions.ended') : say('actions.nothing-yet') }
  const [head = '', ...rest] = (last.note ?? '').split(': ')
  const note = language === 'ko' ? clipped(rest.join(': ')) : ''
  const state = say(`state.${alarm.state}`)
  const text =
    last.deed === 'resolved'
      ? [wordOr(say, `outcome.${head}`, head), note].filter(Boolean).join(', ')
      : last.deed === 'assigned'
        ? note || state
        : language === 'ko' && last.note
          ? clipped(last.note)
          : state
  return { text, atMs: last.atMs }
}
