// The clipped style of Korean official papers: sentences end in nouns or in ‑함/‑음, distances at sea in 해리, speeds in 노트, no full stop at the end. Only endings that are surely polite or
// plain declaratives are changed; what is unsure stays as its writer left it.

/** Longest first: an ending that holds another comes before it. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/(?:하였|했)습니다$/, '함'],
  [/(?:되었|됐)습니다$/, '됨'],
  [/(?:이었|였)습니다$/, '였음'],
  [/겠습니다$/, '겠음'],
  [/([았었였])습니다$/, '$1음'],
  [/있습니다$/, '있음'],
  [/없습니다$/, '없음'],
  [/같습니다$/, '같음'],
  [/([가-힣])습니다$/, '$1음'],
  [/(?:합니다|한다)$/, '함'],
  [/(?:됩니다|된다)$/, '됨'],
  [/바랍니다$/, '바람'],
  [/아닙니다$/, '아님'],
  [/입니다$/, '임'],
  [/(?:하였다|했다)$/, '함'],
  [/(?:되었다|됐다)$/, '됨'],
  [/있다$/, '있음'],
  [/없다$/, '없음'],
  [/([가-힣][았었였])다$/, '$1음'],
  [/(?:했음)$/, '함'],
]

/** `현장 확인했습니다. 내용물 이상 없습니다.` → `현장 확인함. 내용물 이상 없음` */
export function clipped(text: string): string {
  const sentences = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/(\d)\s*NM\b/g, '$1해리')
    .replace(/(\d)\s*kn(?:으로|\b)/g, (found, digit) => `${digit}노트${found.endsWith('으로') ? '로' : ''}`)
    .split(/(?<=[.!?])\s+/)
    .map(one => clipOne(one.replace(/[.]+$/, '')))
    .filter(one => one !== '')
  return sentences.join('. ')
}

function clipOne(sentence: string): string {
  for (const [ending, short] of ENDINGS) if (ending.test(sentence)) return sentence.replace(ending, short)
  return sentence
}
