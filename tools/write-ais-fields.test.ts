import { expect, test } from 'vitest'
import { currentPage, writtenPage } from './write-ais-fields.ts'

test('the page of all AIS fields is what the tables decode (mangru dev ais-fields writes it)', () => {
  expect(writtenPage()).toBe(currentPage())
})
