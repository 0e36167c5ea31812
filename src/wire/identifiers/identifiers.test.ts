// Vectors: the worked example of ISO 6346 annex A, ships' numbers from public registers, and the reference vectors beside the project.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sharedData } from '#testkit/shared-data.ts'
import { readIdentifier } from './index.ts'

test.each([
  ['CSQU3054383', { kind: 'container', value: 'CSQU3054383', valid: true, expectedCheckDigit: 3 }],
  ['csqu 305438-3', { kind: 'container', value: 'CSQU3054383', valid: true, expectedCheckDigit: 3 }],
  ['CSQU3054384', { kind: 'container', value: 'CSQU3054384', valid: false, expectedCheckDigit: 3 }],
  ['CSQU305438', { kind: 'container', value: 'CSQU305438', valid: false, expectedCheckDigit: 3 }],
  ['CSQA3054380', { kind: 'container', value: 'CSQA3054380', valid: false, expectedCheckDigit: expect.any(Number) }],
  ['9074729', { kind: 'imo', value: '9074729', valid: true, expectedCheckDigit: 9 }],
  ['IMO 9074728', { kind: 'imo', value: '9074728', valid: false, expectedCheckDigit: 9 }],
  ['0000000', { kind: 'imo', value: '0000000', valid: false, expectedCheckDigit: 0 }],
  ['440123456', { kind: 'mmsi', value: '440123456', valid: true }],
  ['MMSI: 440 123 456', { kind: 'mmsi', value: '440123456', valid: true }],
  ['002440001', { kind: 'mmsi', value: '002440001', valid: true }],
  ['111440001', { kind: 'mmsi', value: '111440001', valid: true }],
  ['970123456', { kind: 'mmsi', value: '970123456', valid: true }],
  ['994401234', { kind: 'mmsi', value: '994401234', valid: true }],
  ['123456789', { kind: 'mmsi', value: '123456789', valid: false }],
])('%s is read', (text, identifier) => {
  expect(readIdentifier(text)).toEqual(identifier)
})

test.each(['', 'HELLO', '12345', '1234567890', 'ABCD12345678', '부산123'])('"%s" is none of the three', text => {
  expect(readIdentifier(text)).toBeUndefined()
})

const FOLDER = sharedData('risk')

test.skipIf(FOLDER === undefined)('all reference vectors agree', () => {
  const { iso6346, imo }: Vectors = JSON.parse(readFileSync(`${FOLDER}/identifier-vectors.json`, 'utf8'))
  for (const { id, valid, checkDigit } of iso6346)
    expect(readIdentifier(id)).toEqual({ kind: 'container', value: id, valid, expectedCheckDigit: checkDigit })
  for (const { imo: value, valid } of imo) expect(readIdentifier(value)).toMatchObject({ kind: 'imo', value, valid })
  expect(iso6346.length + imo.length).toBeGreaterThan(0)
})

interface Vectors {
  readonly iso6346: readonly { readonly id: string; readonly valid: boolean; readonly checkDigit: number }[]
  readonly imo: readonly { readonly imo: string; readonly valid: boolean }[]
}
