import { useEffect } from 'react'
import { useApp } from '../app.ts'

const REST_MS = 500

/** Asks again when the live line says that something of this has changed, at most twice a second, and when the line is back after a break. */
export function useNews(isMine: (message: unknown) => boolean, load: () => void): void {
  const app = useApp()
  useEffect(() => {
    let resting: ReturnType<typeof setTimeout> | undefined
    let isAsked = false
    const ask = (): void => {
      if (resting !== undefined) {
        isAsked = true
        return
      }
      isAsked = false
      load()
      resting = setTimeout(() => {
        resting = undefined
        if (isAsked) ask()
      }, REST_MS)
    }
    let wasOpen = app.link.state.get().state === 'open'
    const stops = [
      app.link.onMessage(message => {
        if (isMine(message)) ask()
      }),
      app.link.state.subscribe(() => {
        const isOpen = app.link.state.get().state === 'open'
        if (isOpen && !wasOpen) ask()
        wasOpen = isOpen
      }),
    ]
    return () => {
      for (const stop of stops) stop()
      clearTimeout(resting)
    }
  }, [app, isMine, load])
}
