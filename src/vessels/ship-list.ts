// The list of ships: what is in the picture, sieved and sorted. One walk over the slots.
import { FLAG, type PictureColumns, type Slot } from './picture/columns.ts'
import { kindOf, type ShipKind, type ShipSort, type ShipState } from './schema.ts'

export interface ShipListQuery {
  /** Part of a name, call sign, destination, MMSI or IMO number. */
  readonly words?: string
  readonly kind?: ShipKind
  readonly state?: ShipState
  readonly sort: ShipSort
  readonly isDescending: boolean
}

const MOST_SPEED = 1022

const FITS: Readonly<Record<ShipState, (flags: number) => boolean>> = {
  moving: flags => (flags & (FLAG.ASLEEP | FLAG.LOST)) === 0,
  still: flags => (flags & (FLAG.ASLEEP | FLAG.LOST)) === FLAG.ASLEEP,
  lost: flags => (flags & FLAG.LOST) !== 0,
  watched: flags => (flags & FLAG.WATCHED) !== 0,
}

/** What is sorted by; undefined stands last whichever way: who tells no name is not the first by name. */
const KEYS: Readonly<Record<ShipSort, (picture: PictureColumns, slot: Slot) => string | number | undefined>> = {
  name: ({ name }, slot) => name[slot] || undefined,
  mmsi: ({ mmsi }, slot) => mmsi[slot],
  speed: ({ sogDeciknots }, slot) => (sogDeciknots[slot]! > MOST_SPEED ? undefined : sogDeciknots[slot]),
  length: ({ lengthM }, slot) => lengthM[slot] || undefined,
  destination: ({ destination }, slot) => destination[slot] || undefined,
  heard: ({ receivedAtMs, staticAtMs }, slot) => Math.max(receivedAtMs[slot]!, staticAtMs[slot]!),
}

/** The first `limit` ships that fit, in order, and how many fit. Equal keys stand by MMSI. Whatever 200,000 ships there are, only those that may be shown are put in order. */
export function listShips(
  picture: PictureColumns,
  { words = '', kind, state, sort, isDescending }: ShipListQuery,
  limit: number,
): { readonly total: number; readonly slots: readonly Slot[] } {
  const wanted = words.trim().toUpperCase()
  const isNumber = /^\d+$/.test(wanted)
  const fits = (slot: Slot, mmsi: number): boolean =>
    (!state || FITS[state](picture.flags[slot]!)) &&
    (!kind || kindOf(picture.shipType[slot]!, picture.stationClass[slot]!) === kind) &&
    (wanted === '' ||
      picture.name[slot]!.includes(wanted) ||
      picture.callSign[slot]!.includes(wanted) ||
      picture.destination[slot]!.includes(wanted) ||
      (isNumber && (String(mmsi).includes(wanted) || String(picture.imoNumber[slot]).includes(wanted))))

  const keyOf = KEYS[sort]
  const stands = (a: Slot, b: Slot): boolean => {
    const [keyA, keyB] = [keyOf(picture, a), keyOf(picture, b)]
    if (keyA === keyB) return picture.mmsi[a]! < picture.mmsi[b]!
    if (keyA === undefined) return false
    if (keyB === undefined) return true
    return keyA < keyB !== isDescending
  }
  const slots: Slot[] = []
  let total = 0
  for (let slot = 0; slot < picture.highWater; slot++) {
    const mmsi = picture.mmsi[slot]!
    if (mmsi === 0 || !fits(slot, mmsi)) continue
    total++
    if (slots.length === limit && !stands(slot, slots[limit - 1]!)) continue
    let [low, high] = [0, slots.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (stands(slot, slots[middle]!)) high = middle
      else low = middle + 1
    }
    slots.splice(low, 0, slot)
    if (slots.length > limit) slots.pop()
  }
  return { total, slots }
}
