// Refusals over HTTP: RFC 9457 problem details, the sentence in the reader's language.

export interface Bilingual {
  readonly ko: string
  readonly en: string
}

/** Thrown by a handler to refuse; becomes application/problem+json. `code` is what a person quotes and a program compares. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly sentence: Bilingual
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, code: string, sentence: Bilingual, headers: Readonly<Record<string, string>> = {}) {
    super(sentence.en)
    this.status = status
    this.code = code
    this.sentence = sentence
    this.headers = headers
  }
}

/** What a room refuses: code → status and sentence. */
export type Refusals<Code extends string> = Readonly<Record<Code, readonly [status: number, ko: string, en: string]>>

export function refusalOf<Code extends string>(refusals: Refusals<Code>, code: Code): HttpRefusal {
  const [status, ko, en] = refusals[code]
  return new HttpRefusal(status, code, { ko, en })
}

export const notFound = (what: Bilingual): HttpRefusal =>
  new HttpRefusal(404, 'not-found', { ko: `${what.ko} 없음`, en: `there is no ${what.en}` })
export const badInput = (sentence: Bilingual): HttpRefusal => new HttpRefusal(400, 'bad-input', sentence)

/** Korean unless the reader asks for English. */
export const isEnglish = (acceptLanguage: string | undefined, asked?: string): boolean =>
  asked === 'en' || (asked !== 'ko' && /^\s*en\b/i.test(acceptLanguage ?? ''))
