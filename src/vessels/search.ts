// Finds ships by name, call sign, MMSI or IMO number: what begins so first, then what holds it. One walk over the slots (200,000 ships: a few milliseconds).
import type { Slot } from './picture/columns.ts'
import type { Picture } from './picture/picture.ts'

export function searchShips(picture: Picture, words: string, limit: number): readonly Slot[] {
  const wanted = words.trim().toUpperCase()
  if (wanted === '') return []
  const begins: Slot[] = []
  const holds: Slot[] = []
  const isNumber = /^\d+$/.test(wanted)
  for (let slot = 0; slot < picture.highWater && begins.length < limit; slot++) {
    if (picture.mmsi[slot] === 0) continue
    const name = picture.name[slot] ?? ''
    const call = picture.callSign[slot] ?? ''
    if (
      name.startsWith(wanted) ||
      call.startsWith(wanted) ||
      (isNumber &&
        (String(picture.mmsi[slot]).startsWith(wanted) ||
          (picture.imoNumber[slot] !== 0 && String(picture.imoNumber[slot]).startsWith(wanted))))
    )
      begins.push(slot)
    else if (holds.length < limit && (name.includes(wanted) || (isNumber && String(picture.mmsi[slot]).includes(wanted)))) holds.push(slot)
  }
  return [...begins, ...holds].slice(0, limit)
}
