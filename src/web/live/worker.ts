// The worker: one socket to the server, the ships' columns, the view filter. It hands the page texels once a second (ships never pass through React) and
// passes JSON messages on. When the line breaks it tries again by itself (0.5 s, doubling to 8 s) and says since when it is broken.
import { eachShip, FRAME_KIND, readHeader } from './live-frame.ts'
import { NO_FILTER, ShipColumns, type ShipFilter, type ShipFrame } from './ship-columns.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

const TICK_MS = 1000
const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 8000
/** Nothing at all for so long means the line is dead although nobody closed it. */
const SILENCE_MS = 15_000
/** Close code of a line whose session has ended. */
const SIGNED_OUT = 4401

const post = (message: FromWorker, transfer: Transferable[] = []): void => {
  postMessage(message, { transfer })
}

const live = new ShipColumns()
const past = new ShipColumns()
let filter: ShipFilter = NO_FILTER
let isPast = false
let socket: WebSocket | undefined
let url = ''
let subscription = ''
let retryMs = FIRST_RETRY_MS
let retry: ReturnType<typeof setTimeout> | undefined
let heardAtMs = performance.now()
/** Server clock less ours. */
let offsetMs = 0

function connect(): void {
  clearTimeout(retry)
  post({ kind: 'link', state: 'connecting' })
  const mine = new WebSocket(url)
  mine.binaryType = 'arraybuffer'
  socket = mine
  mine.onopen = () => {
    retryMs = FIRST_RETRY_MS
    heardAtMs = performance.now()
    if (subscription) mine.send(subscription)
    post({ kind: 'link', state: 'open' })
  }
  mine.onmessage = event => {
    heardAtMs = performance.now()
    if (typeof event.data === 'string') post({ kind: 'message', text: event.data })
    else if (event.data instanceof ArrayBuffer) take(event.data)
  }
  mine.onclose = event => {
    if (socket !== mine) return
    post({ kind: 'link', state: 'lost', isSignedOut: event.code === SIGNED_OUT })
    retry = setTimeout(connect, retryMs)
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2)
  }
}

function take(buffer: ArrayBuffer): void {
  const header = readHeader(buffer)
  if (header.serverMs > 0) learnClock(header.serverMs)
  if (header.kind === FRAME_KIND.SNAPSHOT) {
    const named = new Set<number>()
    eachShip(buffer, record => {
      named.add(record.mmsi)
      live.put(record)
    })
    live.keepOnly(named)
  } else if (header.kind === FRAME_KIND.GONE) eachShip(buffer, record => live.remove(record.mmsi))
  else eachShip(buffer, record => live.put(record))
}

/** The smallest delay seen lately is the truest; a jump of more than 2 s is a changed clock. */
function learnClock(serverMs: number): void {
  const offset = serverMs - (performance.timeOrigin + performance.now())
  if (Math.abs(offset - offsetMs) > 2000 || offset > offsetMs) offsetMs = offset
  else offsetMs += (offset - offsetMs) * 0.01
  post({ kind: 'clock', offsetMs })
}

function showLive(): void {
  if (isPast) return
  const nowMs = performance.timeOrigin + performance.now() + offsetMs
  send(live.fill(nowMs / 1000, TICK_MS / 1000, filter, true), TICK_MS, false)
}

function send(frame: ShipFrame, tickMs: number, past: boolean): void {
  post({ kind: 'ships', frame, tickMs, isPast: past }, [frame.texels.buffer, frame.numbers.buffer, frame.times.buffer])
}

function showPast(records: ArrayBuffer, atMs: number, glideMs: number): void {
  isPast = true
  const named = new Set<number>()
  eachShip(records, record => {
    named.add(record.mmsi)
    past.put(record)
  })
  past.keepOnly(named)
  send(past.fill(atMs / 1000, 0, filter, false), glideMs, true)
}

setInterval(() => {
  if (socket?.readyState === WebSocket.OPEN && performance.now() - heardAtMs > SILENCE_MS) socket.close()
  if (performance.now() - heardAtMs < TICK_MS * 2) post({ kind: 'heard' })
  showLive()
}, TICK_MS)

onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data
  switch (message.kind) {
    case 'start':
      url = message.url
      connect()
      return
    case 'subscribe':
      subscription = message.text
      if (socket?.readyState === WebSocket.OPEN) socket.send(message.text)
      return
    case 'filter':
      filter = message.filter
      showLive()
      return
    case 'past':
      showPast(message.records, message.atMs, message.glideMs)
      return
    case 'live':
      isPast = false
      past.clear()
      showLive()
      return
    case 'again':
      if (socket?.readyState !== WebSocket.OPEN && socket?.readyState !== WebSocket.CONNECTING) connect()
  }
}
