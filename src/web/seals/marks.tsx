import type { JourneyWord } from '#seals/schema.ts'
import { useSay } from '../app.ts'
import type { TextKey } from '../i18n/text.ts'

export const WORD_TEXT = {
  normal: 'seals.word.normal',
  late: 'seals.word.late',
  'off-route': 'seals.word.off-route',
  opened: 'seals.word.opened',
  silent: 'seals.word.silent',
} as const satisfies Record<JourneyWord, TextKey>

/** Shape, not only colour: a triangle opened, a disc off its way, a clock-like square late, an empty square silent, a ring normal. */
export function WordIcon({ word, size = 12 }: { word: JourneyWord; size?: number }) {
  return (
    <svg className={`seal-sign is-${word}`} width={size} height={size} viewBox="0 0 12 12" aria-hidden="true">
      {word === 'opened' && <path d="M6 .8 11.6 11H.4z" />}
      {word === 'off-route' && <circle cx="6" cy="6" r="5" />}
      {word === 'late' && <path d="M6 .6 11.4 6 6 11.4.6 6z" />}
      {word === 'silent' && <rect x="1.5" y="1.5" width="9" height="9" />}
      {word === 'normal' && <circle cx="6" cy="6" r="4" />}
    </svg>
  )
}

export function WordMark({ word, words }: { word: JourneyWord; words?: string }) {
  const say = useSay()
  return (
    <span className={`seal-word is-${word}`}>
      {words ?? say(WORD_TEXT[word])} <WordIcon word={word} size={10} />
    </span>
  )
}

/** ABCU 123456 5: as it stands on the box. */
export const containerWords = (number: string): string => number.replace(/^([A-Z]{4})(\d{6})(\d)$/, '$1 $2 $3')
