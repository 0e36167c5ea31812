// One request to the server's HTTP doors, for the room and for the sign-in before it. A refusal becomes an Error with the server's own sentence (RFC 9457 `detail`);
// a broken line becomes LineDown, so that the outbox waits instead of giving up. Three refusals are no answer but a question to the person (sign in again,
// unlock the desk, confirm who you are): they are asked, and the same call is made again.
import { LineDown } from '../shell/outbox.ts'
import * as wire from './wire.ts'

/** What can stand between the person and the house. */
export type Barrier = 'sign-in' | 'unlock' | 'confirm'

/** A refusal of the server: its sentence, its code to quote, and when to try again where it says so. */
export class Refusal extends Error {
  readonly sentence: string
  readonly code: string
  readonly status: number
  readonly retryAfterS: number | undefined
  constructor(sentence: string, code: string, status: number, retryAfterS?: number) {
    super(code === '' ? sentence : `${sentence} (${code})`)
    this.sentence = sentence
    this.code = code
    this.status = status
    this.retryAfterS = retryAfterS
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Ask {
  (method: Method, path: string, body?: unknown, type?: string): Promise<Response>
  /** The answer as JSON; undefined for 204. */
  json(method: Method, path: string, body?: unknown): Promise<unknown>
}

export interface AskOptions {
  readonly origin: string
  /** Language of the refusals. */
  language(): string
  /** Asks the person to take the barrier away; true: make the call again. Absent: refusals stay refusals. */
  clear?(barrier: Barrier): Promise<boolean>
}

const TIMEOUT_MS = 10_000
/** A piece of a file over a weak line. */
const PIECE_TIMEOUT_MS = 60_000

const barrierOf = ({ status, code }: Refusal): Barrier | undefined =>
  status === 401 && code === 'not-signed-in'
    ? 'sign-in'
    : status === 423
      ? 'unlock'
      : status === 403 && code === 'confirm-needed'
        ? 'confirm'
        : undefined

export function createAsk({ origin, language, clear }: AskOptions): Ask {
  async function once(method: Method, path: string, body: unknown, type: string): Promise<Response | Refusal> {
    let answer: Response
    try {
      answer = await fetch(`${origin}${path}`, {
        method,
        signal: AbortSignal.timeout(body instanceof Blob ? PIECE_TIMEOUT_MS : TIMEOUT_MS),
        headers: { accept: 'application/json', 'accept-language': language(), ...(body === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body) }),
      })
    } catch {
      throw new LineDown('line')
    }
    if (answer.ok) return answer
    if (answer.status === 502 || answer.status === 503 || answer.status === 504) throw new LineDown('line')
    const problem: unknown = await answer.json().catch(() => ({}))
    const retryAfterS = Number(answer.headers.get('retry-after'))
    return new Refusal(
      wire.text(problem, 'detail') ?? wire.text(problem, 'title') ?? `${answer.status} ${answer.statusText}`,
      wire.text(problem, 'code') ?? '',
      answer.status,
      retryAfterS > 0 ? retryAfterS : undefined,
    )
  }
  async function ask(method: Method, path: string, body?: unknown, type = 'application/json'): Promise<Response> {
    for (;;) {
      const answer = await once(method, path, body, type)
      if (answer instanceof Response) return answer
      const barrier = barrierOf(answer)
      if (barrier === undefined || !clear) throw answer
      // What only looks is asked anew by whoever shows it once the line is back; what changes something waits and is not lost.
      if (barrier === 'sign-in' && method === 'GET') {
        void clear(barrier)
        throw new LineDown('not signed in')
      }
      if (!(await clear(barrier))) throw answer
    }
  }
  return Object.assign(ask, {
    async json(method: Method, path: string, body?: unknown): Promise<unknown> {
      const answer = await ask(method, path, body)
      if (answer.status === 204) return undefined
      return answer.json().catch(() => {
        // It broke off in the middle.
        throw new LineDown('line')
      })
    },
  })
}
