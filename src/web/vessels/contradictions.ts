// What a ship tells of herself that cannot all be true: the place to look first before a register or a declaration is at hand. Sources: IMO resolution
// A.1117(30) (check digit), ITU-R M.1371-5 tables 45 (status) and 53 (type), ITU-R M.585 (MID).
import type { TextKey, TextValues } from '../i18n/text.ts'
import type { ShipCardView } from './model.ts'
import { countryOf } from './words.ts'

export interface Contradiction {
  readonly text: TextKey
  readonly values?: TextValues
  /** Rows of the identity table it is about. */
  readonly fields: readonly ('mmsi' | 'imo' | 'status' | 'type' | 'eta' | 'place' | 'size')[]
}

const DAY_MS = 86_400_000
const MOORED_KN = 2
const LATE_MS = DAY_MS / 2
const FISHING_STATUS = 7
const FISHING_TYPE = 30

export function contradictionsOf(card: ShipCardView, nowMs: number): Contradiction[] {
  const found: Contradiction[] = []
  const { imoNumber, sogKn, navigationStatus: status } = card
  if (card.isShared) found.push({ text: 'odd.shared', fields: ['mmsi'] })
  if (card.isDoubtful) found.push({ text: 'odd.doubtful', fields: ['place'] })
  if (imoNumber !== undefined && !isImoNumber(imoNumber)) found.push({ text: 'odd.imo', values: { imo: imoNumber }, fields: ['imo'] })
  if (card.mmsi >= 200_000_000 && card.mmsi < 800_000_000 && countryOf(card.mmsi) === undefined)
    found.push({ text: 'odd.flag', values: { mid: String(card.mmsi).slice(0, 3) }, fields: ['mmsi'] })
  if ((status === 1 || status === 5) && sogKn !== undefined && sogKn > MOORED_KN)
    found.push({ text: status === 1 ? 'odd.anchored' : 'odd.moored', values: { knots: sogKn.toFixed(1) }, fields: ['status'] })
  if (status === FISHING_STATUS && card.shipType !== undefined && card.shipType !== 0 && card.shipType !== FISHING_TYPE)
    found.push({ text: 'odd.fishing', fields: ['status', 'type'] })
  if (card.lengthM !== undefined && card.beamM !== undefined && card.beamM > card.lengthM)
    found.push({ text: 'odd.size', fields: ['size'] })
  const lateMs = card.eta === undefined ? 0 : sinceEta(card.eta, nowMs)
  if (lateMs > LATE_MS && status === 0 && (sogKn ?? 0) > MOORED_KN) found.push({ text: 'odd.eta', fields: ['eta'] })
  return found
}

/** Seven digits, the last the check digit of the others. */
export function isImoNumber(imo: number): boolean {
  const digits = String(imo)
  if (!/^\d{7}$/.test(digits)) return false
  const sum = [...digits.slice(0, 6)].reduce((total, digit, n) => total + Number(digit) * (7 - n), 0)
  return sum % 10 === Number(digits[6])
}

/** How long ago the told arrival was; the year is the one that lies nearest to now. */
function sinceEta({ month, day, hour, minute }: NonNullable<ShipCardView['eta']>, nowMs: number): number {
  const year = new Date(nowMs).getUTCFullYear()
  const since = [year - 1, year, year + 1].map(one => nowMs - Date.UTC(one, month - 1, day, hour, minute))
  return since.reduce((best, one) => (Math.abs(one) < Math.abs(best) ? one : best))
}
