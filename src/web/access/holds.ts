// Held evidence as the screen has it, and how times of day in Korea stand in its fields.
import type { Api } from '../live/api.ts'
import { field, list, number, present, text, time } from '../live/wire.ts'
import { request } from './admin-model.ts'

const KST_MS = 9 * 3_600_000

export interface HoldView {
  readonly id: number
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
  readonly placedBy?: string
  readonly placedAtMs?: number
  /** Number of the request to let it go that waits for a second officer; only those who could agree, or asked, know of it. */
  readonly endAsked?: number
}

type Asking = Pick<Api, 'json'>
const iso = (ms: number): string => new Date(ms).toISOString()

const hold = (from: unknown): HoldView => ({
  id: number(from, 'id') ?? 0,
  fromMs: time(from, 'from') ?? 0,
  toMs: time(from, 'to') ?? 0,
  reason: text(from, 'reason') ?? '',
  ...present({ placedBy: text(from, 'placedByName') ?? text(from, 'placedBy'), placedAtMs: time(from, 'placedAt') }),
})

/** All held evidence. With `mayEnd` also which of it is about to be let go. */
export async function holds(api: Asking, mayEnd: boolean): Promise<readonly HoldView[]> {
  const [held, asked] = await Promise.all([api.json('GET', '/api/holds'), mayEnd ? api.json('GET', '/api/second') : []])
  const waiting = list(asked)
    .map(request)
    .filter(one => one.deed === 'evidence.release' && one.state === 'asked')
  return list(held).map(one => {
    const view = hold(one)
    return { ...view, ...present({ endAsked: waiting.find(request => request.thing === String(view.id))?.number }) }
  })
}

export const placeHold = async (api: Asking, fromMs: number, toMs: number, reason: string): Promise<void> =>
  void (await api.json('POST', '/api/holds', { from: iso(fromMs), to: iso(toMs), reason: reason.trim() }))

/** Ends it; or, where two officers are needed, the number of the request the other one has to agree to. */
export async function endHold(api: Asking, id: number, reason: string): Promise<number | undefined> {
  const answer = await api.json('DELETE', `/api/holds/${id}?reason=${encodeURIComponent(reason.trim())}`)
  const asked = answer === undefined ? undefined : field(answer, 'request')
  return asked === undefined ? undefined : request(asked).number
}

/** A moment as a field of day and time shows it, in Korea. */
export const kstField = (ms: number): string => new Date(ms + KST_MS).toISOString().slice(0, 16)
/** NaN when the field holds none. */
export const kstMs = (words: string): number => Date.parse(`${words}:00+09:00`)
