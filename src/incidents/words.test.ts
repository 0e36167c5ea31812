import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleaned, pairsOf, searchExpression } from './words.ts'

test.each([
  ['감천항', '감천 천항 항'],
  ['감천 5부두', '감천 천5 5부 부두 두'],
  ['Orient FROST-7', 'or ri ie en nt tf fr ro os st t7 7'],
  ['ＡＢ１', 'ab b1 1'],
  ['-·—', ''],
])('%s is stored as its pairs', (text, pairs) => expect(pairsOf(text)).toBe(pairs))

test.each([
  ['부산', '"부산"'],
  ['감천항에서', '("감천 천항 항에 에서" OR "감천 천항")'],
  ['담배 180보루', '"담배" AND "18 80 0보 보루"'],
  ['배', '"배"*'],
  ['사이', '"사이"'],
  ['" OR (x) NEAR*', '"or rx" AND "ne ea ar"'],
  ['ORIENT FROST 7', '"or ri ie en nt" AND "fr ro os st t7"'],
  ['5 부두', '"5부 부두"'],
  ['  …  ', undefined],
])('%s is looked for as %s', (query, expression) => expect(searchExpression(query)).toBe(expression))

test('whatever is typed makes an expression of phrases only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), query => {
      const expression = searchExpression(query)
      if (expression !== undefined) expect(expression.replace(/"[^"]*"\*?/gu, 'P')).toMatch(/^(P|\(P OR P\))( AND (P|\(P OR P\)))*$/)
    }),
  )
})

test('what is not writing goes, what is stays', () => {
  expect(cleaned('  위험\u202Egnp.exe\u0000\r\n둘째 줄\t칸 ')).toBe('위험gnp.exe\n둘째 줄\t칸')
})
