// Korean particles after any name: they depend on whether the last spoken sound is a consonant. Latin words are taken as they are commonly written in Hangul
// (STAR 스타, OCEAN 오션, EAGLE 이글), single letters by their Korean names, digits as read aloud.

/** Digits whose Korean reading ends in a consonant: 영 일 삼 육 칠 팔 (0 1 3 6 7 8). */
const DIGITS_CLOSED = '013678'
const DIGITS_L = '178'
/** A word that ends so is closed in Hangul: l, m, n (also before a silent e), and ng, ck, c, p, b after a short vowel. -d, -t, -s and the like get a vowel: 골드, 보트. */
const WORD_CLOSED = /([lmn]|[aeiou][lmn]e|[bcdfgkpstz]le|ng|[aeiou](ck|c|p|b))$/i
const WORD_L = /(l|le)$/i
/** Letters whose names are closed: 엘 엠 엔 알. */
const LETTERS_CLOSED = 'LMNR'
const LETTERS_L = 'LR'

function lastSound(word: string): { readonly isClosed: boolean; readonly isL: boolean } {
  const spoken = word.replace(/[^\p{L}\p{N}]+$/u, '')
  const last = spoken.at(-1) ?? ''
  const code = last.codePointAt(0) ?? 0
  if (code >= 0xac00 && code <= 0xd7a3) return { isClosed: (code - 0xac00) % 28 !== 0, isL: (code - 0xac00) % 28 === 8 }
  if (/\d/.test(last)) return { isClosed: DIGITS_CLOSED.includes(last), isL: DIGITS_L.includes(last) }
  const latin = /[a-z]+$/i.exec(spoken)?.[0] ?? ''
  if (latin.length === 1) return { isClosed: LETTERS_CLOSED.includes(latin.toUpperCase()), isL: LETTERS_L.includes(latin.toUpperCase()) }
  return { isClosed: WORD_CLOSED.test(latin), isL: WORD_L.test(latin) }
}

const PAIRS = { 이: ['이', '가'], 은: ['은', '는'], 을: ['을', '를'], 과: ['과', '와'] } as const

/** `withParticle('MANGRU', '이')` → 'MANGRU가'; '으로' becomes 로 after a vowel or ㄹ. */
export function withParticle(word: string, particle: keyof typeof PAIRS | '으로'): string {
  const { isClosed, isL } = lastSound(word)
  if (particle === '으로') return word + (isClosed && !isL ? '으로' : '로')
  return word + PAIRS[particle][isClosed ? 0 : 1]
}
