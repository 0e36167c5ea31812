// What differs between two wordings, word by word: the longest common run of words stays, the rest is struck out or added. Texts are lines of a paper: short.

export interface Piece {
  readonly kind: 'same' | 'out' | 'in'
  readonly text: string
}

export function wordsThatDiffer(before: string, after: string): readonly Piece[] {
  const [a, b] = [before.split(/\s+/).filter(Boolean), after.split(/\s+/).filter(Boolean)]
  // common[i][j]: longest common run of words of a from i and b from j.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] = a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  const pieces: { kind: Piece['kind']; words: string[] }[] = []
  const put = (kind: Piece['kind'], word: string | undefined): void => {
    if (word === undefined) return
    const last = pieces.at(-1)
    if (last?.kind === kind) last.words.push(word)
    else pieces.push({ kind, words: [word] })
  }
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put('same', a[i++])
      j++
    } else if (i < a.length && (j >= b.length || common[i + 1]![j]! >= common[i]![j + 1]!)) put('out', a[i++])
    else put('in', b[j++])
  }
  return pieces.map(({ kind, words }) => ({ kind, text: words.join(' ') }))
}
