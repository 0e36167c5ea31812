// Korean particles after any name: they depend on whether the last spoken sound is a consonant. Names in Latin letters and digits are read as spelt aloud.

/** Digits whose Korean reading ends in a consonant: 영 일 삼 육 칠 팔 (0 1 3 6 7 8). */
const DIGITS_CLOSED = '013678'
/** Letters whose Korean name ends in a consonant: 엘 엠 엔 알 (L M N R); words that end in k, p, t, b, c, d, g are commonly closed in loan words. */
const LETTERS_CLOSED = 'lmnrkptbcdg'

function lastSound(word: string): { readonly isClosed: boolean; readonly isL: boolean } {
  const last = word.replace(/[^\p{L}\p{N}]+$/u, '').at(-1) ?? ''
  const code = last.codePointAt(0) ?? 0
  if (code >= 0xac00 && code <= 0xd7a3) return { isClosed: (code - 0xac00) % 28 !== 0, isL: (code - 0xac00) % 28 === 8 }
  if (/\d/.test(last)) return { isClosed: DIGITS_CLOSED.includes(last), isL: '178'.includes(last) }
  const letter = last.toLowerCase()
  return { isClosed: letter !== '' && LETTERS_CLOSED.includes(letter), isL: letter === 'l' || letter === 'r' }
}

const PAIRS = { 이: ['이', '가'], 은: ['은', '는'], 을: ['을', '를'], 과: ['과', '와'] } as const

/** `withParticle('MANGRU', '이')` → 'MANGRU가'; '으로' becomes 로 after a vowel or ㄹ. */
export function withParticle(word: string, particle: keyof typeof PAIRS | '으로'): string {
  const { isClosed, isL } = lastSound(word)
  if (particle === '으로') return word + (isClosed && !isL ? '으로' : '로')
  return word + PAIRS[particle][isClosed ? 0 : 1]
}
