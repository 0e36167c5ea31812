// Static and voyage data of a message as facts for the picture. Allocates, but only a static message in six minutes a ship comes this way.
import {
  type AisRecord,
  STATIC_CALL_SIGN,
  STATIC_DIMENSIONS,
  STATIC_IMO,
  STATIC_NAME,
  STATIC_TYPE,
  STATIC_VOYAGE,
  textString,
} from '#wire/ais/index.ts'
import type { StaticFacts } from '../picture/picture.ts'

const ANY = STATIC_NAME | STATIC_CALL_SIGN | STATIC_IMO | STATIC_TYPE | STATIC_DIMENSIONS | STATIC_VOYAGE

/** Message 19 repeats a class B ship's name with her place; 21 an aid's. */
export const hasStatics = (record: AisRecord): boolean => (record.statics & ANY) !== 0

export function factsOf(record: AisRecord): StaticFacts {
  const has = record.statics
  const facts: StaticFacts = {}
  if (has & STATIC_NAME) facts.name = textString(record.name)
  if (has & STATIC_CALL_SIGN) facts.callSign = textString(record.callSign)
  if (has & STATIC_IMO) facts.imoNumber = record.imoNumber
  if (has & STATIC_TYPE && record.type !== 21) facts.shipType = record.shipType
  if (has & STATIC_DIMENSIONS) {
    facts.toBowM = record.toBowM
    facts.toSternM = record.toSternM
    facts.toPortM = record.toPortM
    facts.toStarboardM = record.toStarboardM
  }
  if (has & STATIC_VOYAGE) {
    facts.destination = textString(record.destination)
    facts.draughtDecimetres = record.draughtDecimetres
    facts.eta = (record.etaMonth << 16) | (record.etaDay << 11) | (record.etaHour << 6) | record.etaMinute
  }
  return facts
}
