import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Piece, wordsThatDiffer } from './words-differ.ts'

const told = (pieces: readonly Piece[]): string =>
  pieces.map(({ kind, text }) => (kind === 'same' ? text : `${kind === 'out' ? '-' : '+'}(${text})`)).join(' ')

test.each([
  ['02:28:53 쓰시마 북방', '02:28경 쓰시마 북방', '-(02:28:53) +(02:28경) 쓰시마 북방'],
  ['운전자 조사 중임', '운전자 경위 조사', '운전자 +(경위) 조사 -(중임)'],
  ['', '새 줄', '+(새 줄)'],
  ['있던 줄', '', '-(있던 줄)'],
  ['같은 줄', '같은  줄', '같은 줄'],
])('‘%s’ → ‘%s’ is told as ‘%s’', (before, after, expected) => {
  expect(told(wordsThatDiffer(before, after))).toBe(expected)
})

test('whatever was written: without what was added it is the old text, without what was struck out the new one', () => {
  const sentence = fc.array(fc.constantFrom('가', '나', '다', '라', '1'), { maxLength: 12 }).map(words => words.join(' '))
  fc.assert(
    fc.property(sentence, sentence, (before, after) => {
      const pieces = wordsThatDiffer(before, after)
      const without = (kind: Piece['kind']): string =>
        pieces
          .filter(one => one.kind !== kind)
          .map(one => one.text)
          .join(' ')
      expect(without('in')).toBe(before)
      expect(without('out')).toBe(after)
    }),
  )
})
