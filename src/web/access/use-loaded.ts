import { useEffect, useState } from 'react'

export interface Loaded<T> {
  readonly value?: T
  /** Why the newest answer is missing; `value` is then the one before. */
  readonly trouble?: string
  readonly again: () => void
}

/** Asks now and every so often while the panel is shown. */
export function useLoaded<T>(load: () => Promise<T>, everyMs = 15_000): Loaded<T> {
  const [state, setState] = useState<{ readonly value?: T; readonly trouble?: string }>({})
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isCurrent = true
    const ask = (): void =>
      void load().then(
        value => isCurrent && setState({ value }),
        reason => isCurrent && setState(before => ({ ...before, trouble: reason instanceof Error ? reason.message : String(reason) })),
      )
    ask()
    const timer = setInterval(ask, everyMs)
    return () => {
      isCurrent = false
      clearInterval(timer)
    }
  }, [round, everyMs])
  return { ...state, again: () => setRound(round + 1) }
}
