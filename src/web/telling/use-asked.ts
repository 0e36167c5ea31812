import { useCallback, useEffect, useState } from 'react'
import { useApp } from '../app.ts'
import { list, text } from '../live/wire.ts'
import { useNews } from './use-news.ts'

const SLOW_MS = 60_000

/** What is asked for; again when the live line says that the log has changed, and every minute besides, for what no news tells. Undefined until it came. */
export function useAsked<T>(path: string | undefined, read: (from: unknown) => T, everyMs = SLOW_MS) {
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

const isOfLog = (message: unknown): boolean => text(message, 'kind') === 'telling-log'

/** As `useAsked`, for what the log or the channels show. */
export function useLogAsked<T>(path: string, read: (from: unknown) => T) {
  const asked = useAsked(path, read)
  useNews(isOfLog, asked.load)
  return asked
}

export const readList =
  <T>(read: (from: unknown) => T, name?: string) =>
  (from: unknown): readonly T[] =>
    list(from, name).map(read)
