// Korean particles by the final consonant of what stands before them. Digits are read aloud (3 = 삼, closed); Latin letters by their Korean names
// (L, M, N, R end closed). Source: 국립국어원 한국어 어문 규범, 조사의 쓰임.

const CLOSED_DIGITS = '013678'
const L_DIGITS = '178'
const CLOSED_LETTERS = 'LMNR'

/** `closed` follows a final consonant (을, 이, 은, 과, 으로), `open` a vowel (를, 가, 는, 와, 로). 으로/로: ㄹ counts as open. */
export function withParticle(word: string, closed: string, open: string): string {
  const last = word.trim().at(-1) ?? ''
  const code = last.charCodeAt(0)
  const takesL = closed === '으로'
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    return word + (final === 0 || (takesL && final === 8) ? open : closed)
  }
  if (/\d/.test(last)) return word + (CLOSED_DIGITS.includes(last) && !(takesL && L_DIGITS.includes(last)) ? closed : open)
  const letter = last.toUpperCase()
  return word + (CLOSED_LETTERS.includes(letter) && letter !== '' && !(takesL && (letter === 'L' || letter === 'R')) ? closed : open)
}
