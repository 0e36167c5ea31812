import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partHeader, smsParts, smsTextOf } from './sms-text.ts'

const sizes = (text: string, encoding: 'auto' | 'gsm-7' | 'ucs-2' | 'euc-kr' = 'auto', partBytes?: number) => {
  const { parts, length, encoding: chosen } = smsParts(text, encoding, partBytes)
  return [chosen, length, parts.map(part => part.length)]
}

test.each([
  ['nothing', '', 'auto', ['gsm-7', 0, [0]]],
  ['160 letters of GSM-7 in one', 'a'.repeat(160), 'auto', ['gsm-7', 160, [160]]],
  ['161 in two of 153', 'a'.repeat(161), 'auto', ['gsm-7', 161, [153, 8]]],
  ['307 in three', 'a'.repeat(307), 'auto', ['gsm-7', 307, [153, 153, 1]]],
  ['a letter of the extension counts twice', '€'.repeat(80), 'auto', ['gsm-7', 160, [160]]],
  ['and is never cut in two', `${'a'.repeat(152)}€${'b'.repeat(10)}`, 'auto', ['gsm-7', 164, [152, 12]]],
  ['70 of Hangul in one', '가'.repeat(70), 'auto', ['ucs-2', 70, [140]]],
  ['71 in two of 67', '가'.repeat(71), 'auto', ['ucs-2', 71, [134, 8]]],
  ['101 in two', '가'.repeat(101), 'auto', ['ucs-2', 101, [134, 68]]],
  ['134 in two, 135 in three', '가'.repeat(135), 'auto', ['ucs-2', 135, [134, 134, 2]]],
  ['an emoji is two units and stays whole', `${'가'.repeat(66)}🚨${'나'.repeat(10)}`, 'auto', ['ucs-2', 78, [132, 24]]],
  ['letters that ASCII has and GSM-7 has not', 'a`b', 'auto', ['ucs-2', 3, [6]]],
  ['70 of Hangul by EUC-KR in one', '가'.repeat(70), 'euc-kr', ['euc-kr', 140, [140]]],
  ['71 in two of 134', '가'.repeat(71), 'euc-kr', ['euc-kr', 142, [134, 8]]],
  ['two bytes stay together', `a${'가'.repeat(70)}`, 'euc-kr', ['euc-kr', 141, [133, 8]]],
  ['an operator that takes 90 bytes', '가'.repeat(46), 'euc-kr', ['euc-kr', 92, [84, 8]], 90],
  ['GSM-7 by order', '가나', 'gsm-7', ['gsm-7', 2, [2]]],
] as const)('%s', (_what, text, encoding, wanted, partBytes?: number) => {
  expect(sizes(text, encoding, partBytes)).toEqual(wanted)
})

test('bytes are those of the standards', () => {
  expect(smsParts('@£_{€}').parts[0]?.toString('hex')).toBe('0001111b281b651b29')
  expect(smsParts('가🚨').parts[0]?.toString('hex')).toBe('ac00d83ddea8')
  expect(smsParts('가뷁', 'euc-kr').parts[0]?.toString('hex')).toBe('b0a194ee')
  expect(partHeader(0x1a2, 2, 1).toString('hex')).toBe('050003a20201')
})

test.each([
  ['line ends and control characters cannot make two texts of one', 'a\r\nb\rc\u2028d\u0000e\u001bf\u0085', 'auto', 'a\nb\nc\ndef'],
  ['Hangul in pieces is put together', '\u1100\u1161', 'auto', '가'],
  ['half of an emoji goes', 'a\ud83d b', 'auto', 'a b'],
  ['what the encoding has not is shown as it will come', '가🚨', 'euc-kr', '가?'],
  ['… in GSM-7 too', '가a', 'gsm-7', '?a'],
] as const)('%s', (_what, text, encoding, shown) => {
  expect(smsParts(text, encoding).text).toBe(shown)
})

test('whatever is written: no part is too long, and the parts together are the text shown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('auto', 'gsm-7', 'ucs-2', 'euc-kr'), (text, wanted) => {
      const { encoding, parts, text: shown } = smsParts(text, wanted)
      const most = encoding === 'gsm-7' ? [160, 153] : [140, 134]
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(most[parts.length > 1 ? 1 : 0] ?? 0)
      expect(parts.map(part => smsTextOf(part, encoding)).join('')).toBe(shown)
    }),
  )
})
