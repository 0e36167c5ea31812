import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSameNumber, phoneNumber } from './numbers.ts'

test.each([
  ['+44 7700 900123', 'national', '00447700900123'],
  ['+44 7700 900123', 'international', '447700900123'],
  ['0044 7700-900-123', 'international', '447700900123'],
] as const)('%s is dialled, in the %s form, as %s', (written, form, wanted) => {
  expect(phoneNumber(written, form)).toEqual({ ok: true, value: wanted })
})

test('however a mobile number of Korea is written, it is one number', () => {
  const digits = fc.tuple(
    fc.integer({ min: 2000, max: 9999 }),
    fc.integer({ min: 0, max: 9999 }).map(n => String(n).padStart(4, '0')),
  )
  fc.assert(
    fc.property(digits, ([a, b]) => {
      for (const written of [
        `010-${a}-${b}`,
        `010${a}${b}`,
        `+82 10 ${a} ${b}`,
        `0082-10.${a}.${b}`,
        `+82 (0)10-${a}-${b}`,
        ` 010 ${a} ${b} `,
      ]) {
        expect(phoneNumber(written, 'national', 'mobile')).toEqual({ ok: true, value: `010${a}${b}` })
        expect(phoneNumber(written, 'international', 'mobile')).toEqual({ ok: true, value: `8210${a}${b}` })
      }
      expect(isSameNumber(`8210${a}${b}`, `010${a}${b}`)).toBe(true)
    }),
  )
})

test.each([
  ['010-0000-0000', /demonstration/],
  ['010-0000-1234', /demonstration/],
  ['+82 10-0000-0000', /demonstration/],
  ['000-1234-5678', /demonstration/],
  ['02-000-0000', /demonstration/],
  ['', /no telephone number/],
  ['010-12a4-0000', /no telephone number/],
  ['01012', /no mobile number/],
  ['+1', /8 to 15 digits/],
  ['010-0000-0000\r\nTo: x', /no telephone number/],
])('%j is never dialled', (written, why) => {
  expect(phoneNumber(written, 'national', 'mobile')).toEqual({ ok: false, reason: expect.stringMatching(why) })
})

test('a landline takes calls and no texts', () => {
  expect(phoneNumber('051-600-0000', 'national').ok).toBe(true)
  expect(phoneNumber('051-600-0000', 'national', 'mobile').ok).toBe(false)
})
