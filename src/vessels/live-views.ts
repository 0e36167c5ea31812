// What each screen gets of the ships: a snapshot of its view when the view is new, then, four times a second, the ships in it that changed. Screens that look at
// the same water with the same rights share one frame; where a caller may not know of every alarm, the flag ‘alarmed’ is cleared on what is not theirs. A screen that cannot take more gets nothing until it can, then the newest of all that changed meanwhile.
// Cost: one record a changed ship and view, whatever the number of screens; bench/live.ts.

import { FRAME_KIND, frameOf, HEADER_BYTES, RECORD_BYTES, writeHeader } from './live-frames.ts'
import type { PictureColumns, Slot } from './picture/columns.ts'
import type { Picture } from './picture/picture.ts'

/** The part of platform/live's client that is needed here. */
export interface ViewClient {
  readonly isSlow: boolean
  send(data: string | Uint8Array): void
}

export interface View {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** What a screen may know. Those with the same key share their frames. */
export interface Scope {
  readonly key: string
  /** Absent: every alarm. */
  isAlarmed?(mmsi: number): boolean
}
const EVERY_ALARM: Scope = { key: 'all' }

interface Screen {
  readonly client: ViewClient
  scope: Scope
  view: View
  key: string
  /** Number of the last change this screen has. */
  since: number
  isNew: boolean
  /** Slots whose name it was told: one bit each. */
  readonly named: Uint8Array
}

export interface LiveViews<Client extends ViewClient = ViewClient> {
  /** An alarm of this ship is new or has changed: scoped screens are told, though her flag may be as before. */
  alarmChanged(mmsi: number): void
  /** The caller's rights are others: the view begins anew. */
  rights(client: Client): void
  /** The message {kind: 'view', west, south, east, north}; false when it is none, or not theirs to see. */
  take(client: Client, message: Readonly<Record<string, unknown>>): boolean
  leave(client: Client): void
  /** Sends what changed; call four times a second. */
  tick(serverMs: number): void
}

export function createLiveViews<Client extends ViewClient>(
  picture: Picture,
  scopeOf: (client: Client) => Scope | undefined = () => EVERY_ALARM,
): LiveViews<Client> {
  const touched = new Set<Slot>()
  const screens = new Map<Client, Screen>()
  /** The name each slot had when it was last told to anybody; another one is told again. */
  const toldName: string[] = []
  let lastTick = picture.changes

  const names = (screen: Screen, slots: readonly Slot[]): string | undefined => {
    const pairs: [number, string][] = []
    for (const slot of slots) {
      const bit = 1 << (slot & 7)
      if ((screen.named[slot >> 3]! & bit) !== 0 || picture.name[slot] === '') continue
      screen.named[slot >> 3]! |= bit
      toldName[slot] = picture.name[slot] ?? ''
      pairs.push([picture.mmsi[slot]!, picture.name[slot] ?? ''])
    }
    return pairs.length > 0 ? JSON.stringify({ kind: 'names', names: pairs }) : undefined
  }
  /** A slot got another name (or another ship): everybody is told anew. */
  const noteNames = (slots: readonly Slot[]): void => {
    for (const slot of slots) {
      if (toldName[slot] === undefined || toldName[slot] === picture.name[slot]) continue
      for (const screen of screens.values()) screen.named[slot >> 3]! &= ~(1 << (slot & 7))
      toldName[slot] = picture.name[slot] ?? ''
    }
  }
  const send = (screen: Screen, frame: Buffer | undefined, slots: readonly Slot[]): void => {
    const told = names(screen, slots)
    if (told) screen.client.send(told)
    if (frame) screen.client.send(frame)
  }

  return {
    alarmChanged(mmsi) {
      const slot = picture.slotOf(mmsi)
      if (slot >= 0) touched.add(slot)
    },
    rights(client) {
      const screen = screens.get(client)
      if (!screen) return
      const scope = scopeOf(client)
      if (!scope) {
        screens.delete(client)
        // Nothing is in it: what was shown is gone.
        client.send(frameOf(FRAME_KIND.SNAPSHOT, [], picture, 0))
        return
      }
      screen.scope = scope
      screen.isNew = true
    },
    take(client, message) {
      const { west, south, east, north } = message
      if (
        message.kind !== 'view' ||
        typeof west !== 'number' ||
        typeof south !== 'number' ||
        typeof east !== 'number' ||
        typeof north !== 'number'
      )
        return false
      const scope = scopeOf(client)
      if (!scope) return false
      const view = { west: Math.max(-540, west), south: Math.max(-90, south), east: Math.min(540, east), north: Math.min(90, north) }
      const screen = screens.get(client) ?? {
        client,
        scope,
        view,
        key: '',
        since: 0,
        isNew: true,
        named: new Uint8Array((picture.capacity >> 3) + 1),
      }
      screen.view = view
      screen.scope = scope
      screen.key = `${view.west} ${view.south} ${view.east} ${view.north}`
      screen.isNew = true
      screens.set(client, screen)
      return true
    },
    leave: client => void screens.delete(client),
    tick(serverMs) {
      if (screens.size === 0) {
        lastTick = picture.changes
        touched.clear()
        return
      }
      const changed: Slot[] = []
      picture.changesSince(lastTick, slot => changed.push(slot))
      noteNames(changed)
      const gone: number[] = []
      picture.goneSince(lastTick, mmsi => gone.push(mmsi))
      const goneFrame = gone.length > 0 ? goneFrameOf(gone, serverMs) : undefined
      /** Frames of this tick by view and kind. */
      const shared = new Map<string, { readonly frame: Buffer | undefined; readonly slots: readonly Slot[] }>()
      const sharedOf = (key: string, make: () => { frame: Buffer | undefined; slots: readonly Slot[] }) => {
        let one = shared.get(key)
        if (!one) {
          one = make()
          shared.set(key, one)
        }
        return one
      }
      for (const screen of screens.values()) {
        if (screen.client.isSlow) continue
        if (screen.isNew) {
          screen.isNew = false
          screen.since = picture.changes
          const { frame, slots } = sharedOf(`new ${screen.scope.key} ${screen.key}`, () => {
            const inView: Slot[] = []
            picture.forEachInBox(screen.view.west, screen.view.south, screen.view.east, screen.view.north, slot => inView.push(slot))
            return { slots: inView, frame: frameOf(FRAME_KIND.SNAPSHOT, inView, picture, serverMs, screen.scope.isAlarmed) }
          })
          send(screen, frame, slots)
          continue
        }
        const since = screen.since
        screen.since = picture.changes
        if (goneFrame) screen.client.send(goneFrame)
        const { frame, slots } = sharedOf(`${since} ${screen.scope.key} ${screen.key}`, () => {
          const slots: Slot[] = []
          const within = insideOf(screen.view, picture)
          if (since === lastTick) for (const slot of changed) within(slot) && slots.push(slot)
          else picture.changesSince(since, slot => within(slot) && slots.push(slot))
          if (screen.scope.isAlarmed && touched.size > 0) {
            const there = new Set(slots)
            for (const slot of touched) if (!there.has(slot) && within(slot)) slots.push(slot)
          }
          return {
            slots,
            frame: slots.length > 0 ? frameOf(FRAME_KIND.CHANGES, slots, picture, serverMs, screen.scope.isAlarmed) : undefined,
          }
        })
        send(screen, frame, slots)
      }
      lastTick = picture.changes
      touched.clear()
    },
  }
}

function goneFrameOf(gone: readonly number[], serverMs: number): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + gone.length * RECORD_BYTES)
  writeHeader(frame, FRAME_KIND.GONE, gone.length, serverMs)
  for (const [n, mmsi] of gone.entries()) frame.writeUInt32LE(mmsi, HEADER_BYTES + n * RECORD_BYTES)
  return frame
}

function insideOf(view: View, picture: PictureColumns): (slot: Slot) => boolean {
  const [south, north] = [view.south * 600_000, view.north * 600_000]
  const isWhole = view.east - view.west >= 360
  const wrap = (lon: number): number => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon) * 600_000
  const [west, east] = [wrap(view.west), wrap(view.east)]
  return slot => {
    const lat = picture.lat600k[slot]!
    if (lat < south || lat > north || picture.sentAtMs[slot] === 0) return false
    if (isWhole) return true
    const lon = picture.lon600k[slot]!
    return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east
  }
}
