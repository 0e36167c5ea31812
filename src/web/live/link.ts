// The page's end of the live line: starts the worker, hands its ships to charts and its messages to whoever holds that state. Keeps the clock: the server's
// time is the machine's plus an offset, so that ages are right on a desk whose clock is not.
import { createStore, type Store } from '../shell/store.ts'
import type { ShipFilter, ShipFrame } from './ship-columns.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

export interface LinkState {
  readonly state: 'connecting' | 'open' | 'lost'
  /** When the line was lost, and when the last message came; epoch ms of the server's clock, 0 = never. */
  readonly lostAtMs: number
  readonly heardAtMs: number
}

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export interface LiveLink {
  readonly state: Store<LinkState>
  /** Ships known in this view, before the filter. */
  readonly known: Store<number>
  /** Milliseconds the server's clock is ahead of this machine's. */
  offsetMs(): number
  nameOf(mmsi: number): string | undefined
  learnNames(names: Iterable<readonly [number, string]>): void
  onShips(show: (frame: ShipFrame, tickMs: number) => void): () => void
  onMessage(take: (message: unknown) => void): () => void
  subscribe(text: string): void
  setFilter(filter: ShipFilter): void
  showPast(records: ArrayBuffer, atMs: number, glideMs: number): void
  showLive(): void
  /** Tries the line now instead of at the next round. */
  again(): void
  /** Called when the server cut the line because nobody is signed in at it any more. */
  onSignedOut(take: () => void): void
}

export function createLink(url: string, machineNow: () => number): LiveLink {
  const state = createStore<LinkState>({ state: 'connecting', lostAtMs: 0, heardAtMs: 0 })
  const known = createStore(0)
  const names = new Map<number, string>()
  const shipListeners = new Set<(frame: ShipFrame, tickMs: number) => void>()
  const messageListeners = new Set<(message: unknown) => void>()
  let offsetMs = 0
  let signedOut: () => void = () => {}
  let lastFrame: { readonly frame: ShipFrame; readonly tickMs: number } | undefined
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'live' })
  const tell = (message: ToWorker, transfer: Transferable[] = []): void => worker.postMessage(message, { transfer })

  worker.onmessage = (event: MessageEvent<FromWorker>) => {
    const message = event.data
    switch (message.kind) {
      case 'link':
        if (message.isSignedOut) signedOut()
        state.set(now => ({
          ...now,
          state: message.state === 'connecting' && now.state === 'lost' ? 'lost' : message.state,
          lostAtMs: message.state === 'lost' && now.state !== 'lost' ? machineNow() + offsetMs : now.lostAtMs,
        }))
        return
      case 'clock':
        offsetMs = message.offsetMs
        return
      case 'heard':
        state.set(now => ({ ...now, heardAtMs: machineNow() + offsetMs }))
        return
      case 'message': {
        const parsed: unknown = JSON.parse(message.text)
        // Many at once come in one frame.
        for (const one of 'kind' in Object(parsed) && Object(parsed).kind === 'several' ? Object(parsed).messages : [parsed])
          for (const take of messageListeners) take(one)
        return
      }
      case 'ships':
        lastFrame = message
        known.set(message.frame.known)
        for (const show of shipListeners) show(message.frame, message.tickMs)
    }
  }
  tell({ kind: 'start', url })

  return {
    state,
    known,
    offsetMs: () => offsetMs,
    nameOf: mmsi => names.get(mmsi),
    learnNames(more) {
      for (const [mmsi, name] of more) if (name !== '') names.set(mmsi, name)
    },
    onShips(show) {
      shipListeners.add(show)
      if (lastFrame) show(lastFrame.frame, lastFrame.tickMs)
      return () => shipListeners.delete(show)
    },
    onMessage(take) {
      messageListeners.add(take)
      return () => messageListeners.delete(take)
    },
    subscribe: text => tell({ kind: 'subscribe', text }),
    setFilter: filter => tell({ kind: 'filter', filter }),
    showPast: (records, atMs, glideMs) => tell({ kind: 'past', records, atMs, glideMs }, [records]),
    showLive: () => tell({ kind: 'live' }),
    again: () => tell({ kind: 'again' }),
    onSignedOut(take) {
      signedOut = take
    },
  }
}
