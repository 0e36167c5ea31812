// Which cells of a grid an edge passes: every one, and none besides those it touches. Used by areas and coast: a cell that no edge passes is wholly in or
// wholly out, so a single look decides it.

/** A touch on a cell's border counts for both cells: floating point may fall to either side. */
const TOUCH = 1e-9

/** Calls `visit` for each cell the edge passes; coordinates are in cells. HOT while building: no allocation, one step a cell. */
export function cellsAlong(ax: number, ay: number, bx: number, by: number, visit: (x: number, y: number) => void): void {
  const [low, high] = ay < by ? [ay, by] : [by, ay]
  const perRow = ay === by ? 0 : (bx - ax) / (by - ay)
  const [west, east] = ax < bx ? [ax, bx] : [bx, ax]
  for (let y = Math.floor(low - TOUCH); y <= Math.floor(high + TOUCH); y++) {
    // Where the edge is while it is in this row; never beyond its own ends.
    const [from, to] = ay === by ? [west, east] : [ax + (Math.max(low, y) - ay) * perRow, ax + (Math.min(high, y + 1) - ay) * perRow]
    const first = Math.floor(Math.max(west, Math.min(from, to)) - TOUCH)
    const last = Math.floor(Math.min(east, Math.max(from, to)) + TOUCH)
    for (let x = first; x <= last; x++) visit(x, y)
  }
}
