// The stock as the screen lists it: what is the matter with a device, which are shown, in what order.
import { SEAL_LIVES, type SealLife } from '#seals/schema.ts'
import type { SealView } from './model.ts'

export const ILLS = ['battery', 'silent', 'clock', 'line'] as const
export type Ill = (typeof ILLS)[number]

const LOW_BATTERY = 20
const CLOCK_OFF_MS = 60_000
const SILENT_TIMES = 3
const LEAST_SILENT_MS = 10 * 60_000
/** Of these nobody expects a word. */
const RESTING: readonly SealLife[] = ['in-stock', 'issued', 'returned', 'lost', 'retired']

/** What is the matter with it, the most pressing first. */
export function illsOf(seal: SealView, nowMs: number): readonly Ill[] {
  const isAtWork = !RESTING.includes(seal.life)
  const isSilent =
    isAtWork && (seal.lastAtMs === undefined || nowMs - seal.lastAtMs > Math.max(LEAST_SILENT_MS, seal.reportEveryS * 1000 * SILENT_TIMES))
  return ILLS.filter(ill =>
    ill === 'battery'
      ? seal.batteryPercent !== undefined && seal.batteryPercent < LOW_BATTERY
      : ill === 'silent'
        ? isSilent
        : ill === 'clock'
          ? seal.lagMs !== undefined && Math.abs(seal.lagMs) > CLOCK_OFF_MS
          : isAtWork && !isSilent && !seal.isConnected && seal.lastAtMs !== undefined && nowMs - seal.lastAtMs > LEAST_SILENT_MS,
  )
}

export const STOCK_COLUMNS = ['number', 'life', 'ills', 'maker', 'firmware', 'protocol', 'office', 'journey', 'battery', 'heard'] as const
export type StockColumn = (typeof STOCK_COLUMNS)[number]
export interface StockSieve {
  readonly words: string
  readonly life?: SealLife | undefined
  readonly isIll?: boolean
}

const plain = (words: string): string => words.toLowerCase().replace(/[\s-]/g, '')
export const siftedStock = (seals: readonly SealView[], { words, life, isIll }: StockSieve, nowMs: number): readonly SealView[] => {
  const wanted = plain(words)
  return seals.filter(
    one =>
      (life === undefined || one.life === life) &&
      (!isIll || illsOf(one, nowMs).length > 0) &&
      (wanted === '' ||
        [one.number, one.deviceId, one.maker, one.model, one.journey, one.protocol].some(
          text => text !== undefined && plain(text).includes(wanted),
        )),
  )
}

export function orderedStock(
  seals: readonly SealView[],
  { by, isDown }: { readonly by: StockColumn; readonly isDown: boolean },
  office: (id: string) => string,
  nowMs: number,
): readonly SealView[] {
  const value = (one: SealView): string | number | undefined => {
    if (by === 'number') return one.number
    if (by === 'life') return -SEAL_LIVES.indexOf(one.life)
    if (by === 'ills') return -illsOf(one, nowMs).length
    if (by === 'maker') return [one.maker, one.model].filter(Boolean).join(' ') || undefined
    if (by === 'office') return office(one.organisation)
    if (by === 'battery') return one.batteryPercent
    if (by === 'heard') return one.lastAtMs
    return one[by]
  }
  const sign = isDown ? -1 : 1
  return [...seals].sort((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x !== y) {
      if (x === undefined) return 1
      if (y === undefined) return -1
      return x < y ? -sign : sign
    }
    return a.number < b.number ? -1 : a.number > b.number ? 1 : a.id < b.id ? -1 : 1
  })
}
