import { useEffect, useState } from 'react'

/** The width of an element in pixels, kept fresh; 0 until it is known. */
export function useWidth(): readonly [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element) return
    const look = (): void => setWidth(Math.floor(element.clientWidth))
    const observer = new ResizeObserver(look)
    observer.observe(element)
    look()
    return () => observer.disconnect()
  }, [element])
  return [setElement, width]
}
