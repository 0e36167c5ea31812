// Against the published vectors: RFC 4226 appendix D (counter 0 to 9), RFC 6238 appendix B (SHA-1, its last six of eight digits), RFC 4648 §10 for the letters.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, newTotpSecret, otpauthUri, STEP_MS, stepAt, stepOfCode, totpCode } from './totp.ts'

const SECRET = Buffer.from('12345678901234567890')

test.each([
  [0, '755224'],
  [1, '287082'],
  [2, '359152'],
  [3, '969429'],
  [4, '338314'],
  [5, '254676'],
  [6, '287922'],
  [7, '162583'],
  [8, '399871'],
  [9, '520489'],
])('RFC 4226: counter %i gives %s', (step, code) => expect(totpCode(SECRET, step)).toBe(code))

test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('RFC 6238: at second %i it is %s', (second, code) => {
  expect(totpCode(SECRET, stepAt(second * 1000))).toBe(code)
  expect(stepOfCode(SECRET, code, second * 1000)).toBe(stepAt(second * 1000))
})

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648: %s is %s', (plain, letters) => expect(base32(Buffer.from(plain))).toBe(letters))

test('a code is good in its own half minute and the ones beside it, and in no other', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10 * STEP_MS, max: 4e12 }), fc.integer({ min: -6, max: 6 }), (nowMs, off) => {
      const secret = newTotpSecret()
      const step = stepAt(nowMs) + off
      const found = stepOfCode(secret, totpCode(secret, step), nowMs)
      // Two steps may have the same code by chance: one in a million.
      if (Math.abs(off) <= 1) expect(found === step || totpCode(secret, found ?? -1) === totpCode(secret, step)).toBe(true)
      else expect(found === undefined || totpCode(secret, found) === totpCode(secret, step)).toBe(true)
    }),
  )
})

test.each([
  ['287 082', 1],
  ['287-082', 1],
  ['', undefined],
  ['28708', undefined],
  ['2870822', undefined],
  ['28708a', undefined],
  ['٢٨٧٠٨٢', undefined],
  ['287082; DROP TABLE', undefined],
  ['2.87082', undefined],
])('‘%s’: blanks and hyphens are passed over, nothing else is', (typed, step) => expect(stepOfCode(SECRET, typed, STEP_MS)).toBe(step))

test('what an app photographs names the product, the account and the standard', () => {
  const uri = new URL(otpauthUri(SECRET, 'kim@부산'))
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname), Object.fromEntries(uri.searchParams)]).toEqual([
    'otpauth:',
    'totp',
    '/Mangru:kim@부산',
    { secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', issuer: 'Mangru', algorithm: 'SHA1', digits: '6', period: '30' },
  ])
})
