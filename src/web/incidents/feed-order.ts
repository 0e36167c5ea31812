// The order of the feed: newest report (or last change) first, and never moving under the hand. While pointer or focus is in the list, what comes gathers beside it (새 보고 2건) and enters
// when the hand has left, or when asked.

export interface FeedOrder {
  readonly shown: readonly string[]
  readonly gathered: readonly string[]
}
export const EMPTY_FEED: FeedOrder = { shown: [], gathered: [] }

/** A report that is new to the list. */
export function withNew(order: FeedOrder, id: string, isHeld: boolean): FeedOrder {
  if (order.shown.includes(id) || order.gathered.includes(id)) return order
  return isHeld ? { ...order, gathered: [id, ...order.gathered] } : { ...order, shown: [id, ...order.shown] }
}

/** One that has changed, where the last change stands on top: it moves there, or waits beside the list until the hand has left. */
export function withChanged({ shown, gathered }: FeedOrder, id: string, isHeld: boolean): FeedOrder {
  const others = (list: readonly string[]): readonly string[] => list.filter(one => one !== id)
  return isHeld ? { shown, gathered: [id, ...others(gathered)] } : { shown: [id, ...others(shown)], gathered: others(gathered) }
}

export const takenIn = ({ shown, gathered }: FeedOrder): FeedOrder =>
  gathered.length === 0 ? { shown, gathered } : { shown: [...gathered, ...shown.filter(id => !gathered.includes(id))], gathered: [] }

/** The list as the server gave it anew; what has come meanwhile and is not in it stays gathered. */
export const loaded = (order: FeedOrder, ids: readonly string[]): FeedOrder => ({
  shown: ids,
  gathered: order.gathered.filter(id => !ids.includes(id)),
})

export const withMore = (order: FeedOrder, ids: readonly string[]): FeedOrder => ({
  ...order,
  shown: [...order.shown, ...ids.filter(id => !order.shown.includes(id))],
})

/** The id a step down or up from the one chosen; the first where none is. */
export function stepFrom(shown: readonly string[], chosen: string | undefined, by: number): string | undefined {
  const at = chosen === undefined ? -1 : shown.indexOf(chosen)
  if (at < 0) return shown[by > 0 ? 0 : shown.length - 1]
  return shown[Math.max(0, Math.min(shown.length - 1, at + by))]
}
