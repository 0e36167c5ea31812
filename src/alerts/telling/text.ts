// The text of a message: a template with `#{변수}`, filled, and made to fit two parts of an SMS: what matters least goes first, a link and the code never. `[[ … ]]` stands only
// where every variable in it has a value.

export const VARIABLES = [
  '수준',
  '무엇',
  '대상',
  '상태',
  '차량',
  '출발지',
  '도착지',
  '어디',
  '시각',
  '건수',
  '담당자',
  '연락처',
  '번호',
  '링크',
  '문의',
] as const
export type Variable = (typeof VARIABLES)[number]
export type Variables = Readonly<Partial<Record<Variable, string>>>

/** Two concatenated parts (3GPP TS 23.040 §9.2.3.24.1): 2 × 67 UCS-2 letters or 2 × 153 of GSM-7, less what 「재전송」 takes. */
export const MOST_LETTERS = 134 - 6
export const MOST_ASCII = 306 - 12

/** Dropped in this order where the text is too long. */
const DROPPED: readonly Variable[] = ['상태', '담당자', '건수', '문의', '출발지', '어디', '연락처', '차량']
/** Cut to so many letters before anything is dropped. */
const CUT: readonly (readonly [Variable, number])[] = [
  ['어디', 14],
  ['대상', 24],
  ['담당자', 8],
  ['출발지', 8],
  ['도착지', 8],
  ['무엇', 16],
]
const MARK = /#\{([^}]*)\}/g
const RESENT = { ko: '「재전송」', en: '[resent] ' } as const

export const unknownVariables = (template: string): readonly string[] =>
  [...template.matchAll(MARK)].map(match => match[1] ?? '').filter(name => !VARIABLES.some(one => one === name))

/** Filled as it stands; names and places of others' writing bring no line ends and no marks of ours. */
export function filled(template: string, variables: Variables): string {
  const valueNamed = (name: string): string => clean(variables[name as Variable] ?? '')
  return template
    .replace(/\[\[([\s\S]*?)\]\]/g, (_, inner: string) =>
      [...inner.matchAll(MARK)].every(match => valueNamed(match[1] ?? '') !== '') ? inner : '',
    )
    .replace(MARK, (_, name: string) => valueNamed(name))
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Controls, line ends and direction marks would split a text or a header, or write it backwards. */
const clean = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll('#{', '# {')
    .trim()

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)
export const fitsTwoParts = (text: string): boolean => text.length <= (isAscii(text) ? MOST_ASCII : MOST_LETTERS)

/** Filled and fitting, where it can: cut, then dropped, then cut hard before the code. */
export function textOf(template: string, variables: Variables): string {
  let now: Variables = variables
  const attempt = (): string => filled(template, now)
  if (fitsTwoParts(attempt())) return attempt()
  for (const [name, most] of CUT) {
    const value = now[name]
    if (value !== undefined && [...value].length > most) now = { ...now, [name]: `${[...value].slice(0, most - 1).join('')}…` }
    if (fitsTwoParts(attempt())) return attempt()
  }
  for (const name of DROPPED) {
    const { [name]: _dropped, ...rest } = now
    now = rest
    if (fitsTwoParts(attempt())) return attempt()
  }
  return attempt()
}

/** The mark of a text that may have come before. */
export const resentText = (text: string, language: 'ko' | 'en'): string => `${RESENT[language]}${text}`

/** 7 시 5 분 of Korea: 07:05. */
export const kstTime = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(11, 16)
