// The check before fitting as the screen holds it, and the photos of a journey.
import { field, flag, list, number, present, text, time } from '../live/wire.ts'

export type Verdict = 'go' | 'no-go' | 'care' | 'unknown'
export interface CheckLine {
  readonly what: string
  readonly verdict: Verdict
  readonly said: string
}
export interface FittingView {
  readonly isGo: boolean
  /** The seal meant, where one is. */
  readonly seal?: string
  readonly number?: string
  readonly lines: readonly CheckLine[]
}
const VERDICTS: readonly Verdict[] = ['go', 'no-go', 'care', 'unknown']

export const fitting = (from: unknown): FittingView => ({
  isGo: flag(from, 'isGo'),
  lines: list(from, 'checks').map(one => ({
    what: text(one, 'what') ?? '',
    said: text(one, 'said') ?? '',
    verdict: VERDICTS.find(verdict => verdict === text(one, 'verdict')) ?? 'unknown',
  })),
  ...present({ seal: text(from, 'seal'), number: text(from, 'number') }),
})

export interface PhotoView {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly sha256: string
  readonly bytes: number
  readonly by: string
  /** When it came; `takenAtMs` when the camera says it was taken. */
  readonly atMs: number
  readonly takenAtMs?: number
  readonly hasThumbnail: boolean
}
export const photo = (from: unknown): PhotoView => ({
  id: text(from, 'id') ?? '',
  name: text(from, 'name') ?? '',
  type: text(from, 'type') ?? '',
  sha256: text(from, 'sha256') ?? '',
  bytes: number(from, 'bytes') ?? 0,
  by: text(field(from, 'by'), 'name') ?? '',
  atMs: time(from, 'at') ?? 0,
  hasThumbnail: flag(from, 'hasThumbnail'),
  ...present({ takenAtMs: time(from, 'takenAt') }),
})
