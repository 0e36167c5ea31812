import { expect, test } from 'vitest'
import { readSettings } from '../src/platform/settings/index.ts'
import { SETTINGS } from '../src/settings.ts'
import { currentExample, writtenExample } from './write-settings.ts'

test('the documented example of all settings is what the code describes (npm run settings writes it)', () => {
  expect(writtenExample()).toBe(currentExample())
})

test('every line of the example, uncommented, is a setting the product takes', () => {
  const uncommented = currentExample()
    .split('\n')
    .filter(line => !/^#|# .*·|^$/.test(line))
    .map(line => line.replace(/^(\s*)# /, '$1'))
    .join('\n')
  expect(readSettings(SETTINGS, uncommented, 'example.yaml').faults).toEqual([])
})
