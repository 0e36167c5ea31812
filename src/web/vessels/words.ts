// Words for the codes of AIS. Source: ITU-R M.1371-5 tables 45 (navigational status) and 53 (ship type); MID: ITU, first three digits of an MMSI.

import { STATION_CLASS } from '#vessels/schema.ts'
import type { Say, TextKey } from '../i18n/text.ts'

export function typeWord(say: Say, shipType: number | undefined, stationClass: number): string {
  if (stationClass === STATION_CLASS.BASE_STATION) return say('station.base')
  if (stationClass === STATION_CLASS.AID_TO_NAVIGATION) return say('station.aton')
  if (stationClass === STATION_CLASS.SAR_AIRCRAFT) return say('station.aircraft')
  if (stationClass === STATION_CLASS.DISTRESS) return say('station.distress')
  const key = typeKey(shipType ?? 0)
  return key === undefined ? say('type.code', { code: shipType ?? 0 }) : say(key)
}

function typeKey(type: number): TextKey | undefined {
  switch (type) {
    case 0:
      return 'type.unknown'
    case 30:
      return 'type.fishing'
    case 31:
    case 32:
      return 'type.towing'
    case 33:
      return 'type.dredging'
    case 34:
      return 'type.diving'
    case 35:
      return 'type.military'
    case 36:
      return 'type.sailing'
    case 37:
      return 'type.pleasure'
    case 50:
      return 'type.pilot'
    case 51:
      return 'type.sar'
    case 52:
      return 'type.tug'
    case 53:
      return 'type.tender'
    case 54:
      return 'type.anti-pollution'
    case 55:
      return 'type.law'
    case 58:
      return 'type.medical'
  }
  if (type >= 20 && type < 30) return 'type.wig'
  if (type >= 40 && type < 50) return 'type.fast'
  if (type >= 60 && type < 70) return 'type.passenger'
  if (type >= 70 && type < 80) return 'type.cargo'
  if (type >= 80 && type < 90) return 'type.tanker'
  if (type >= 90 && type < 100) return 'type.other'
  return undefined
}

const STATUS: readonly (TextKey | undefined)[] = [
  'status.0',
  'status.1',
  'status.2',
  'status.3',
  'status.4',
  'status.5',
  'status.6',
  'status.7',
  'status.8',
  undefined,
  undefined,
  'status.11',
  'status.12',
  undefined,
  'status.14',
  undefined,
]
/** Undefined where the ship says nothing (15) or what is reserved. */
export function statusWord(say: Say, status: number | undefined): string | undefined {
  const key = status === undefined ? undefined : STATUS[status]
  return key && say(key)
}

/** ISO 3166 code of the flag for the MIDs met around Korea and the great registries; others show their MID. */
const MIDS: Readonly<Record<string, string>> = {
  '440': 'KR',
  '441': 'KR',
  '431': 'JP',
  '432': 'JP',
  '412': 'CN',
  '413': 'CN',
  '414': 'CN',
  '477': 'HK',
  '453': 'MO',
  '416': 'TW',
  '273': 'RU',
  '445': 'KP',
  '457': 'MN',
  '574': 'VN',
  '548': 'PH',
  '525': 'ID',
  '533': 'MY',
  '563': 'SG',
  '564': 'SG',
  '565': 'SG',
  '566': 'SG',
  '567': 'TH',
  '419': 'IN',
  '405': 'BD',
  '417': 'LK',
  '351': 'PA',
  '352': 'PA',
  '353': 'PA',
  '354': 'PA',
  '355': 'PA',
  '356': 'PA',
  '357': 'PA',
  '370': 'PA',
  '371': 'PA',
  '372': 'PA',
  '373': 'PA',
  '374': 'PA',
  '636': 'LR',
  '637': 'LR',
  '538': 'MH',
  '308': 'BS',
  '309': 'BS',
  '311': 'BS',
  '215': 'MT',
  '229': 'MT',
  '248': 'MT',
  '249': 'MT',
  '256': 'MT',
  '209': 'CY',
  '210': 'CY',
  '212': 'CY',
  '237': 'GR',
  '239': 'GR',
  '240': 'GR',
  '241': 'GR',
  '219': 'DK',
  '220': 'DK',
  '257': 'NO',
  '258': 'NO',
  '259': 'NO',
  '244': 'NL',
  '245': 'NL',
  '246': 'NL',
  '211': 'DE',
  '218': 'DE',
  '232': 'GB',
  '233': 'GB',
  '234': 'GB',
  '235': 'GB',
  '226': 'FR',
  '227': 'FR',
  '228': 'FR',
  '247': 'IT',
  '224': 'ES',
  '225': 'ES',
  '263': 'PT',
  '255': 'PT',
  '265': 'SE',
  '266': 'SE',
  '230': 'FI',
  '303': 'US',
  '338': 'US',
  '366': 'US',
  '367': 'US',
  '368': 'US',
  '369': 'US',
  '316': 'CA',
  '503': 'AU',
  '512': 'NZ',
  '271': 'TR',
  '470': 'AE',
  '403': 'SA',
  '422': 'IR',
  '511': 'PW',
  '514': 'KH',
  '515': 'KH',
  '620': 'KM',
  '616': 'KM',
  '671': 'TG',
  '667': 'SL',
  '613': 'CM',
  '312': 'BZ',
  '341': 'KN',
  '375': 'VC',
  '376': 'VC',
  '377': 'VC',
  '572': 'TV',
  '577': 'VU',
  '518': 'CK',
  '529': 'KI',
  '557': 'SB',
}

/** MID of a ship's number: also where it is a craft of a parent ship (98MID…), a SAR aircraft (111MID…), an aid (99MID…) or a coast station (00MID…). */
export const midOf = (mmsi: number): string => {
  const digits = String(mmsi).padStart(9, '0')
  if (/^(98|99|00)/.test(digits)) return digits.slice(2, 5)
  return digits.startsWith('111') ? digits.slice(3, 6) : digits.slice(0, 3)
}

export const countryOf = (mmsi: number): string | undefined => MIDS[midOf(mmsi)]

export function countryName(mmsi: number, language: string): string | undefined {
  const code = countryOf(mmsi)
  return code && new Intl.DisplayNames([language], { type: 'region' }).of(code)
}
