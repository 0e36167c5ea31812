import { expect, test } from 'vitest'
import { currentRights, writtenRights } from './write-rights.ts'

test('the table of rights for administrators says what the policies say (node bin/mangru.mjs dev rights)', () => {
  expect(writtenRights()).toBe(currentRights())
})
