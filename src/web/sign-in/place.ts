// What this browser remembers of who sat here, so that the next watch signs in with one field less. Never a password, never a key; a wall screen's key stays with its
// tab alone.
const KEY = 'mangru.place'
const WALL_KEY = 'mangru.wall-key'

export interface Place {
  /** 자리 3. */
  readonly desk: string
  /** Who signed in here last, and when; absent after 'somebody else'. */
  readonly last?: { readonly login: string; readonly name: string; readonly atMs: number; readonly byPasskey: boolean } | undefined
  /** The last start found a session: the room may be fetched before the server has answered. */
  readonly wasIn: boolean
}

export function readPlace(storage: Pick<Storage, 'getItem'>): Place {
  const nothing: Place = { desk: '', wasIn: false }
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEY) ?? '{}')
    const { desk, last, wasIn } = Object(kept)
    const { login, name, atMs, byPasskey } = Object(last)
    return {
      desk: typeof desk === 'string' ? desk : '',
      wasIn: wasIn === true,
      ...(typeof login === 'string' && typeof name === 'string' && typeof atMs === 'number'
        ? { last: { login, name, atMs, byPasskey: byPasskey === true } }
        : {}),
    }
  } catch {
    return nothing
  }
}

export const keepPlace = (storage: Pick<Storage, 'setItem'>, place: Place): void => storage.setItem(KEY, JSON.stringify(place))

/** A wall has nobody who types: its key is there for the night the session ends. */
export const keepWallKey = (key: string): void => sessionStorage.setItem(WALL_KEY, key)
export const wallKey = (): string | undefined => sessionStorage.getItem(WALL_KEY) ?? undefined

const WAY_KEY = 'mangru.way-back'
/** The page somebody was at, kept over the trip to the agency's own sign-in. */
export const keepWayBack = (hash: string): void => sessionStorage.setItem(WAY_KEY, hash)
export function takeWayBack(): string {
  const hash = sessionStorage.getItem(WAY_KEY) ?? ''
  sessionStorage.removeItem(WAY_KEY)
  return hash
}
