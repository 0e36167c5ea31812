import { type RefObject, useEffect, useRef, useState } from 'react'

/** Height of a row of a long table as its style gives it. */
export const ROW_PX = 30
const BEYOND = 12

/** Which rows of a long table are in sight: only those are in the page. Row `at` is brought into it when it is another. */
export function useSight(
  count: number,
  at: number,
  chosen: string | undefined,
): { readonly frame: RefObject<HTMLDivElement | null>; readonly first: number; readonly last: number; look(): void } {
  const frame = useRef<HTMLDivElement>(null)
  const [sight, setSight] = useState({ top: 0, height: 600 })
  const look = (): void => {
    const box = frame.current
    if (box) setSight({ top: box.scrollTop, height: box.clientHeight })
  }
  useEffect(() => {
    const box = frame.current
    if (!box) return
    look()
    const watch = new ResizeObserver(look)
    watch.observe(box)
    return () => watch.disconnect()
  }, [])
  useEffect(() => {
    const box = frame.current
    if (!box || at < 0) return
    const top = at * ROW_PX
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + 2 * ROW_PX > box.scrollTop + box.clientHeight) box.scrollTop = top + 2 * ROW_PX - box.clientHeight
    // Where it was chosen, not with each row that moves under it.
  }, [chosen])
  return {
    frame,
    look,
    first: Math.max(0, Math.min(count, Math.floor(sight.top / ROW_PX) - BEYOND)),
    last: Math.min(count, Math.ceil((sight.top + sight.height) / ROW_PX) + BEYOND),
  }
}
