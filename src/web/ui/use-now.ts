import { useEffect, useState } from 'react'
import { useApp } from '../app.ts'

/** The server's time, fresh once a second: ages count up even while the line is down. */
export function useNow(everyMs = 1000): number {
  const app = useApp()
  const [now, setNow] = useState(() => app.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(app.now()), everyMs)
    return () => clearInterval(timer)
  }, [app, everyMs])
  return now
}
