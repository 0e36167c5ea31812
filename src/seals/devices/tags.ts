// Passive tags that fixed readers see. A tag stands in the stock like a seal, of protocol `rfid` and by its EPC; its number says what it is on: a container's number with the
// right check digit is that container, a vehicle's number that vehicle, any other the tag's own as a seal.

import { containerFault } from '../plan.ts'
import type { Seal } from '../schema.ts'
import type { TagOwner } from './gate-reads.ts'

/** The protocol of tags in the stock. */
export const TAG = 'rfid'

const CONTAINER = /^[A-Z]{4}[0-9]{7}$/
/** Korean numbers of vehicles, before and since 2004: 부산81아0000, 12가3456, 123가4567. */
const VEHICLE = /^(?:[가-힣]{2})?[0-9]{2,3}[가-힣][0-9]{4}$/

/** Undefined for none. */
export function ownerOfTag(tag: Seal | undefined): TagOwner | undefined {
  if (!tag) return undefined
  const number = tag.number.toUpperCase().replace(/[ -]/g, '')
  if (CONTAINER.test(number) && !containerFault(number)) return { container: number }
  return VEHICLE.test(number) ? { vehicle: number } : { seal: tag.id }
}
