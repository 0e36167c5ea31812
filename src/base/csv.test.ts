import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test.each([
  ['plain', 'plain'],
  ['부산, 감천', '"부산, 감천"'],
  ['said "so"', '"said ""so"""'],
  ['two\nlines', '"two\nlines"'],
  ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['+82', "'+82"],
  ['-1', "'-1"],
  ['@cmd', "'@cmd"],
  [' =1+1', "' =1+1"],
  [-1, '-1'],
  [undefined, ''],
])('the cell %j is written %j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`)
})
