import { expect, test } from 'vitest'
import { caretWord, cutAtNames, namedIn } from './naming.ts'

test.each([
  ['부산-3 확인 @여수 당', 13, { mark: '@', at: 8, text: '여수 당' }],
  ['#ORIENT FR', 10, { mark: '#', at: 0, text: 'ORIENT FR' }],
  ['메일 a@b.kr', 9, undefined],
  ['@여수\n다음 줄', 8, undefined],
  ['@하나 둘 셋 넷', 9, undefined],
] as const)('in ‘%s’ at %i the name being typed is %o', (words, caret, word) => {
  expect(caretWord(words, caret)).toEqual(word)
})

const SHIP = { kind: 'ship', id: '1', label: 'ORIENT FROST' }
const SHIP7 = { kind: 'ship', id: '2', label: 'ORIENT FROST 7' }
const POST = { kind: 'post', id: 'yeosu:watch-officer', label: '여수 당직관' }

test('a name counts as long as it stands in the words, also with a particle behind it', () => {
  expect(namedIn('@여수 당직관에게 #ORIENT FROST 7 확인', [SHIP7, POST])).toEqual([SHIP7, POST])
  expect(namedIn('여수 당직관', [POST])).toEqual([])
})

test('words are cut at their names; the longer of two names wins, nothing is lost', () => {
  const words = '@여수 당직관에게 #ORIENT FROST 7과 #ORIENT FROST'
  const pieces = cutAtNames(words, [SHIP, SHIP7, POST])
  expect(pieces.map(piece => piece.text).join('')).toBe(words)
  expect(pieces.flatMap(piece => piece.name?.id ?? [])).toEqual(['yeosu:watch-officer', '2', '1'])
})
