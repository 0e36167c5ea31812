// Words that people write: cleaned of what is no writing, and the letter pairs by which Korean is found. Particles, spacing and parts of words make whole-word search
// blind to Korean, and FTS5's own trigrams find nothing for two letters (부산): so every text is stored as its overlapping letter pairs, without spaces.

/** Bidirectional overrides and the like can make a text read as what it is not; controls are no writing. */
const UNWRITTEN = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu

/** As it is kept: composed letters, line breaks as \n, nothing invisible, no space at the ends. */
export const cleaned = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(UNWRITTEN, sign => (sign === '\n' || sign === '\t' ? sign : ''))
    .trim()

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
/** Letters and digits alone, in runs: 한글·Latin·digits follow one another without spaces. */
const lettersOf = (text: string): readonly string[] => [...folded(text).replace(/[^\p{L}\p{N}]+/gu, '')]

/** Overlapping pairs, and the last letter alone so that one-letter searches find it: 감천항 → 감천 천항 항. */
export function pairsOf(text: string): string {
  const letters = lettersOf(text)
  return letters.map((letter, i) => letter + (letters[i + 1] ?? '')).join(' ')
}

/** Particles that follow a word; the longest first. What stands before must keep two letters. */
const PARTICLES =
  /(?<=..)(에게서|으로써|으로서|에서는|에서도|까지는|부터는|에서|에게|한테|까지|부터|으로|이나|이랑|처럼|보다|마다|조차|밖에|라고|하고|은|는|이|가|을|를|와|과|도|만|의|에|로|나|랑)$/u

/** One phrase of FTS5: these pairs next to each other; one letter finds pairs that begin with it. */
function phraseOf(letters: readonly string[]): string {
  const pairs = letters.slice(0, -1).map((letter, i) => letter + (letters[i + 1] ?? ''))
  return pairs.length === 0 ? `"${letters.join('')}"*` : `"${pairs.join(' ')}"`
}

/** A letter alone says little and is everywhere: it is looked for beside the word it stands by (ORIENT FROST 7 → frost7). */
function withoutLonely(words: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const joined: (readonly string[])[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (last && (word.length === 1 || last.length === 1)) joined[joined.length - 1] = [...last, ...word]
    else joined.push(word)
  }
  return joined
}

/**
 * What was typed as an FTS5 expression over pairs: every word must be there, each with or without its particle. Undefined when there is nothing to look for. Holds
 * only letters and digits of the query, so that nothing typed is taken for an operator.
 */
export function searchExpression(query: string): string | undefined {
  const words = folded(query)
    .split(/\s+/)
    .map(word => lettersOf(word))
    .filter(letters => letters.length > 0)
    .slice(0, 12)
  if (words.length === 0) return undefined
  return withoutLonely(words)
    .map(letters => {
      const bare = [...letters.join('').replace(PARTICLES, '')]
      const whole = phraseOf(letters.slice(0, 60))
      return bare.length < letters.length && bare.length >= 2 ? `(${whole} OR ${phraseOf(bare)})` : whole
    })
    .join(' AND ')
}
