// What an answer by HTTP says of a message: taken, surely not taken, or nobody knows.
import type { SendOutcome } from './channel.ts'
import type { HttpAnswer } from './http-call.ts'

type NotTaken = Exclude<SendOutcome, { readonly outcome: 'accepted' }>
/** Asked too early, too often, or while it is being mended: before the message was looked at. */
const LATER = [408, 425, 429, 503]

/** Undefined for a 2xx: then the body decides. */
export function notTaken(answer: HttpAnswer): NotTaken | undefined {
  if (answer.end === 'not-sent') return { outcome: 'refused', reason: answer.why, isFinal: answer.isFinal }
  if (answer.end === 'unclear') return { outcome: 'in-doubt', reason: answer.why }
  const { status, retryAfterMs } = answer
  if (status >= 200 && status < 300) return undefined
  const reason = `HTTP ${status}${answer.location ? `, it points to ${answer.location}; redirects are not followed: set the URL itself` : `: ${excerpt(answer.text)}`}`
  if (LATER.includes(status)) return { outcome: 'refused', reason, isFinal: false, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
  if (status >= 500) return { outcome: 'in-doubt', reason }
  return { outcome: 'refused', reason, isFinal: true }
}

/** The beginning of an answer, on one line. */
export const excerpt = (text: string): string =>
  text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 160)
