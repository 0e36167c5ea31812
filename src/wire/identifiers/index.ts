// Numbers by which containers and ships are known, and whether they can be right: container numbers (ISO 6346 with its check digit), IMO ship numbers
// (IMO Resolution A.1117(30)), MMSI (ITU-R M.585-9, which has no check digit: its form tells).

export interface Identifier {
  readonly kind: 'container' | 'imo' | 'mmsi'
  /** Without blanks, dashes and the letters IMO; letters are capitals. */
  readonly value: string
  readonly valid: boolean
  /** What the last digit should be, where the kind has one. */
  readonly expectedCheckDigit?: number
}

/** Reads a number as people write it (`msku 305383-8`, `IMO 9074729`, `440 123 456`); undefined where it is none of the three. */
export function readIdentifier(text: string): Identifier | undefined {
  const value = text.replace(/[\s./-]/g, '').toUpperCase()
  if (/^[A-Z]{4}\d{6,7}$/.test(value)) return container(value)
  const imo = /^(?:IMO(?:NO)?:?)?(\d{7})$/.exec(value)?.[1]
  if (imo !== undefined) return shipNumber(imo)
  const mmsi = /^(?:MMSI:?)?(\d{9})$/.exec(value)?.[1]
  return mmsi === undefined ? undefined : { kind: 'mmsi', value: mmsi, valid: isMmsi(mmsi) }
}

const SERIAL_AT = 4
const CHECK_AT = 10

/** ISO 6346 §3: three letters of the owner, U, J or Z for the kind of equipment, six digits and the check digit. */
function container(value: string): Identifier {
  const expectedCheckDigit = containerCheckDigit(value)
  const valid = /[UJZ]/.test(value.charAt(SERIAL_AT - 1)) && value.charAt(CHECK_AT) === String(expectedCheckDigit)
  return { kind: 'container', value, valid, expectedCheckDigit }
}

/** ISO 6346 annex A: letters count from 10 leaving out the multiples of 11, each place doubles; the remainder by 11, 10 being written 0. */
function containerCheckDigit(value: string): number {
  let sum = 0
  for (let at = 0; at < CHECK_AT; at++) sum += letterValue(value.charCodeAt(at)) * 2 ** at
  return (sum % 11) % 10
}

const [ZERO, NINE, A] = [48, 57, 65]

function letterValue(letter: number): number {
  if (letter <= NINE) return letter - ZERO
  const nth = letter - A
  // A is 10; 11, 22 and 33 are left out.
  return nth + 10 + (nth > 0 ? 1 : 0) + (nth > 10 ? 1 : 0) + (nth > 20 ? 1 : 0)
}

/** Six digits weighed 7 to 2; the last digit of their sum is the seventh. */
function shipNumber(value: string): Identifier {
  let sum = 0
  for (let at = 0; at < 6; at++) sum += Number(value.charAt(at)) * (7 - at)
  const expectedCheckDigit = sum % 10
  return { kind: 'imo', value, valid: value.charAt(6) === String(expectedCheckDigit) && Number(value) > 0, expectedCheckDigit }
}

/** A country's three digits begin with 2 to 7; ships, groups, coast stations, aircraft, hand-helds, craft of a ship and aids have them at their own place. */
const MMSI_FORMS = /^(?:[2-7]\d{8}|0[2-7]\d{7}|00[2-7]\d{6}|111[2-7]\d{5}|8[2-7]\d{7}|9[89][2-7]\d{6}|97[0249]\d{6})$/

const isMmsi = (value: string): boolean => MMSI_FORMS.test(value)
