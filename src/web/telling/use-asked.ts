import { useCallback, useEffect, useState } from 'react'
import { useApp } from '../app.ts'
import { list } from '../live/wire.ts'

/** What is asked for, again every so often; undefined until it came. */
export function useAsked<T>(path: string | undefined, read: (from: unknown) => T, everyMs = 10_000) {
  const app = useApp()
  const [value, setValue] = useState<T>()
  const [trouble, setTrouble] = useState<string>()
  const load = useCallback(async () => {
    if (path === undefined) return
    try {
      setValue(read(await app.api.json('GET', path)))
      setTrouble(undefined)
    } catch (reason) {
      setTrouble(reason instanceof Error ? reason.message : String(reason))
    }
  }, [app, path, read])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), everyMs)
    return () => clearInterval(timer)
  }, [load, everyMs])
  return { value, trouble, load }
}

export const readList =
  <T>(read: (from: unknown) => T, name?: string) =>
  (from: unknown): readonly T[] =>
    list(from, name).map(read)
