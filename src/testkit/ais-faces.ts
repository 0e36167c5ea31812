// The two faces of the AIS codec beside each other: what the fast record says and what the object says must be the same.
import {
  type AisObject,
  type AisRecord,
  type AisText,
  NA_ALTITUDE_M,
  NA_COG_DECIDEGREES,
  NA_HEADING_DEG,
  NA_LAT_600K,
  NA_LON_600K,
  NA_NAVIGATION_STATUS,
  NA_ROT_RAW,
  NA_SECOND,
  NA_SOG_DECIKNOTS,
  STATIC_CALL_SIGN,
  STATIC_DIMENSIONS,
  STATIC_IMO,
  STATIC_NAME,
  STATIC_TEXT,
  STATIC_TYPE,
  STATIC_VOYAGE,
  textString,
} from '#wire/ais/index.ts'

const POSITIONS = [1, 2, 3, 4, 9, 11, 18, 19, 21, 27]

/** Names of the fields in which they differ. */
export function differingFields(record: AisRecord, object: AisObject): string[] {
  const differing: string[] = []
  const same = (name: string, of: number | boolean | string, wanted: number | boolean | string): void => {
    if (!Object.is(of, wanted)) differing.push(`${name}: ${of} in the record, ${wanted} in the object`)
  }
  const number = (name: string, whenAbsent: number, factor = 1): number => {
    const value = object[name]
    return typeof value === 'number' ? Math.round(value * factor) : whenAbsent
  }
  const text = (name: string): string => (typeof object[name] === 'string' ? object[name] : '')
  const sameText = (name: string, of: AisText): void => same(name, textString(of), text(name))
  const type = number('type', 0)

  same('type', record.type, type)
  same('mmsi', record.mmsi, number('mmsi', 0))
  same('repeat', record.repeat, number('repeat', 0))
  same('hasPosition', record.hasPosition, POSITIONS.includes(type))
  if (record.hasPosition) {
    const knotsOnly = type === 9 || type === 27
    same('lat', record.lat600k, number('lat', NA_LAT_600K, 600_000))
    same('lon', record.lon600k, number('lon', NA_LON_600K, 600_000))
    same('sogKn', record.sogDeciknots, knotsOnly ? number('sogKn', NA_SOG_DECIKNOTS / 10) * 10 : number('sogKn', NA_SOG_DECIKNOTS, 10))
    same('cogDeg', record.cogDecidegrees, number('cogDeg', NA_COG_DECIDEGREES, 10))
    same('headingDeg', record.headingDeg, number('headingDeg', NA_HEADING_DEG))
    same('rotRaw', record.rotRaw, number('rotRaw', NA_ROT_RAW))
    same('navigationStatus', record.navigationStatus, number('navigationStatus', NA_NAVIGATION_STATUS))
    same('second', record.second, type === 4 || type === 11 ? number('utcSecond', NA_SECOND) : number('second', NA_SECOND))
    same('accurate', record.accurate, object.accurate === true)
    same('raim', record.raim, object.raim === true)
  }
  if (type === 9) same('altitudeM', record.altitudeM, number('altitudeM', NA_ALTITUDE_M))
  if (record.statics & STATIC_NAME) sameText('name', record.name)
  if (record.statics & STATIC_CALL_SIGN) sameText('callSign', record.callSign)
  if (record.statics & STATIC_TEXT) sameText('text', record.text)
  if (record.statics & STATIC_IMO) same('imoNumber', record.imoNumber, number('imoNumber', 0))
  if (record.statics & STATIC_TYPE) same('shipType', record.shipType, number('shipType', -1))
  if (record.statics & STATIC_DIMENSIONS) {
    same('toBowM', record.toBowM, number('toBowM', -1))
    same('toSternM', record.toSternM, number('toSternM', -1))
    same('toPortM', record.toPortM, number('toPortM', -1))
    same('toStarboardM', record.toStarboardM, number('toStarboardM', -1))
  }
  if (record.statics & STATIC_VOYAGE) {
    sameText('destination', record.destination)
    same('draughtM', record.draughtDecimetres, number('draughtM', 0, 10))
    same('etaMonth', record.etaMonth, number('etaMonth', 0))
    same('etaDay', record.etaDay, number('etaDay', 0))
    same('etaHour', record.etaHour, number('etaHour', 24))
    same('etaMinute', record.etaMinute, number('etaMinute', 60))
  }
  // What the object holds, the record must announce.
  for (const [name, bit] of ANNOUNCED)
    if (object[name] !== undefined && !(type === 23 && name === 'shipType')) same(`statics of ${name}`, (record.statics & bit) !== 0, true)
  return differing
}

const ANNOUNCED: readonly (readonly [string, number])[] = [
  ['name', STATIC_NAME],
  ['callSign', STATIC_CALL_SIGN],
  ['text', STATIC_TEXT],
  ['imoNumber', STATIC_IMO],
  ['shipType', STATIC_TYPE],
  ['toStarboardM', STATIC_DIMENSIONS],
  ['destination', STATIC_VOYAGE],
]
