// Where a box tied to a place on the chart stands: to the right and below its place, turned to the other side where it would leave the chart, pushed clear of
// boxes that stand already, and not at all when its place itself is out of view.

export interface Size {
  readonly width: number
  readonly height: number
}
export interface Spot {
  readonly x: number
  readonly y: number
}

const ASIDE = 30
const BELOW = 12
const CLEAR = 4

/** Upper left corner of the box for each place, in order of rank; undefined: not shown. All in CSS pixels of the chart's clear part. */
export function placeCallouts(clear: Size, boxes: readonly { readonly at: Spot; readonly size: Size }[]): (Spot | undefined)[] {
  const taken: (Spot & Size)[] = []
  return boxes.map(({ at, size }) => {
    if (at.x < 0 || at.y < 0 || at.x > clear.width || at.y > clear.height) return undefined
    const right = at.x + ASIDE
    const left = at.x - ASIDE - size.width
    const below = at.y + BELOW
    const above = at.y - BELOW - size.height
    const spots: readonly Spot[] = [
      { x: right, y: below },
      { x: left, y: below },
      { x: right, y: above },
      { x: left, y: above },
    ]
    const isWhole = (spot: Spot): boolean =>
      spot.x >= 0 && spot.y >= 0 && spot.x + size.width <= clear.width && spot.y + size.height <= clear.height
    const isFree = (spot: Spot): boolean => !taken.some(other => overlaps({ ...spot, ...size }, other))
    const spot = spots.find(one => isWhole(one) && isFree(one))
    if (!spot && taken.length > 0) return undefined
    const chosen = spot ?? within(clear, size, { x: right, y: below })
    taken.push({ ...chosen, ...size })
    return chosen
  })
}

const overlaps = (a: Spot & Size, b: Spot & Size): boolean =>
  a.x < b.x + b.width + CLEAR && b.x < a.x + a.width + CLEAR && a.y < b.y + b.height + CLEAR && b.y < a.y + a.height + CLEAR

/** The first box always stands somewhere: the selected situation is never without its words. */
const within = (clear: Size, size: Size, spot: Spot): Spot => ({
  x: Math.max(0, Math.min(clear.width - size.width, spot.x)),
  y: Math.max(0, Math.min(clear.height - size.height, spot.y)),
})
