// What is read from a line while it is written: the name being typed after # or @, and the names that stand in it at last.

export interface Named {
  readonly kind: string
  readonly id: string
  readonly label: string
}

/** The word under the caret that begins with # or @; names may hold spaces, so it reaches back to the mark, at most three words. */
export function caretWord(
  value: string,
  caret: number,
): { readonly mark: '#' | '@'; readonly at: number; readonly text: string } | undefined {
  const before = value.slice(0, caret)
  const at = Math.max(before.lastIndexOf('#'), before.lastIndexOf('@'))
  if (at < 0 || (at > 0 && !/\s/.test(before[at - 1] ?? ''))) return undefined
  const text = before.slice(at + 1)
  if (text.includes('\n') || text.split(' ').length > 3 || text.endsWith('  ')) return undefined
  return { mark: before[at] === '#' ? '#' : '@', at, text: text.trim() }
}

/** Those whose name still stands in the words. */
export const namedIn = <One extends Named>(words: string, names: readonly One[]): readonly One[] =>
  names.filter(({ label }) => words.includes(`#${label}`) || words.includes(`@${label}`))

/** The words cut at the names in them; a name's piece holds its mark. The longest name wins where one begins another. */
export function cutAtNames<One extends Named>(
  words: string,
  names: readonly One[],
): readonly { readonly text: string; readonly name?: One }[] {
  const sorted = [...names].sort((a, b) => b.label.length - a.label.length)
  const pieces: { text: string; name?: One }[] = []
  let plain = ''
  for (let at = 0; at < words.length; ) {
    const isMark = words[at] === '#' || words[at] === '@'
    const name = isMark ? sorted.find(({ label }) => label !== '' && words.startsWith(label, at + 1)) : undefined
    if (!name) {
      plain += words[at++]
      continue
    }
    if (plain) pieces.push({ text: plain })
    plain = ''
    pieces.push({ text: words.slice(at, at + 1 + name.label.length), name })
    at += 1 + name.label.length
  }
  if (plain) pieces.push({ text: plain })
  return pieces
}
