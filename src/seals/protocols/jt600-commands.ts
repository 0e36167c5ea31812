// Commands of the JT701D (manual V1.4), kept as a table and switched off: they are known from paper only. `JT701_COMMANDS_TRIED` becomes true the day a
// lock has answered them here (decision 0142). The device's side reads them all the same, so that the simulator can.

import { polygonOf } from './areas.ts'
import { bytesOfText } from './bytes.ts'
import { type DeviceArea, isCircle, type SealCommand } from './commands.ts'
import type { CommandRefusal, CommandTarget, Downlink } from './protocol.ts'

const JT701_COMMANDS_TRIED: boolean = false

const [MIN_INTERVAL_S, MAX_INTERVAL_S] = [5, 600]
const SLEEP_INTERVAL_MIN = 30
const MAX_AREA_CORNERS = 50
const MAX_AREAS = 10

interface CommandRow {
  readonly word: string
  readonly meaning: string
}

/** Every command word of the manual, for the page of a device. */
export const JT701_WORDS: readonly CommandRow[] = [
  { word: 'P01', meaning: 'firmware version and battery' },
  { word: 'P03', meaning: 'deep sleep below a battery level' },
  { word: 'P04', meaning: 'report interval awake, wake interval asleep' },
  { word: 'P06', meaning: 'server address and APN of each SIM' },
  { word: 'P10', meaning: 'time difference of SMS' },
  { word: 'P11', meaning: 'numbers that may command by SMS' },
  { word: 'P12', meaning: 'numbers that get alarms by SMS' },
  { word: 'P13', meaning: 'factory settings' },
  { word: 'P14', meaning: 'IMEI' },
  { word: 'P15', meaning: 'restart' },
  { word: 'P22', meaning: 'set the clock' },
  { word: 'P23', meaning: 'wake by SMS and call' },
  { word: 'P24', meaning: 'switch an area on or off, its name' },
  { word: 'P29', meaning: 'corners of an area' },
  { word: 'P30', meaning: 'delete an area' },
  { word: 'P31', meaning: 'areas are complete' },
  { word: 'P32', meaning: 'sleep now' },
  { word: 'P37', meaning: 'motion threshold' },
  { word: 'P38', meaning: 'alarm when open too long' },
  { word: 'P39', meaning: 'how long to stay awake' },
  { word: 'P40', meaning: 'which alarms by which way' },
  { word: 'P41', meaning: 'list, add and delete cards' },
  { word: 'P42', meaning: 'learn cards on the spot' },
  { word: 'P43', meaning: 'unlock by static password' },
  { word: 'P44', meaning: 'change the static password' },
  { word: 'P50', meaning: 'power switch on or off' },
  { word: 'P52', meaning: 'dynamic password: ask, set, acknowledge, unlock' },
  { word: 'P54', meaning: 'tracking without sleep' },
  { word: 'P58', meaning: 'cards open inside areas only' },
  { word: 'P59', meaning: 'ways by which it may be unlocked' },
  { word: 'P61', meaning: 'low battery alarm at' },
  { word: 'P62', meaning: 'mileage' },
  { word: 'P63', meaning: 'hold the position while at rest' },
  { word: 'P65', meaning: 'name in SMS' },
  { word: 'P68', meaning: 'IMSI and ICCID' },
  { word: 'P69', meaning: 'acknowledge' },
  { word: 'P70', meaning: 'wake by unknown numbers' },
]

export function jointechCommand(command: SealCommand, _target: CommandTarget): Uint8Array | CommandRefusal {
  if (!JT701_COMMANDS_TRIED) return { refused: 'not-tried' }
  const text = jointechCommandText(command)
  return typeof text === 'string' ? bytesOfText(text) : text
}

/** The text of a command as the manual has it, also while they are off. */
export function jointechCommandText(command: SealCommand): string | CommandRefusal {
  switch (command.kind) {
    case 'unlock':
      return `(P43,${command.password ?? ''})`
    case 'one-time-password':
      return `(P52,3,${command.password})`
    case 'set-interval':
      return command.intervalS < MIN_INTERVAL_S || command.intervalS > MAX_INTERVAL_S
        ? { refused: 'bad-value' }
        : `(P04,1,${command.intervalS},${SLEEP_INTERVAL_MIN})`
    case 'set-areas':
      return areasText(command)
    case 'lock':
    case 'ask-position':
      // It locks when the rope goes in, and tells its place by SMS only.
      return { refused: 'unknown-command' }
    default:
      return command satisfies never
  }
}

/** Polygons only: a circle goes as one of 24 corners around it. */
function areasText({ areas }: SealCommand & { readonly kind: 'set-areas' }): string | CommandRefusal {
  const polygons = areas.map((area: DeviceArea) => (isCircle(area) ? polygonOf(area) : area))
  const isTooMuch =
    polygons.length > MAX_AREAS || polygons.some(({ id, corners }) => id < 1 || id > MAX_AREAS || corners.length > MAX_AREA_CORNERS)
  if (isTooMuch) return { refused: 'bad-value' }
  const one = ({ id, corners }: (typeof polygons)[number]): string =>
    `(P29,1,${id},1,${corners.length},${corners.map(({ lat, lon }) => `${packed(lon)},${packed(lat)}`).join(',')})(P24,1,${id},1,AREA${id})`
  return `${polygons.map(one).join('')}(P31)`
}

/** DDDMM.MMMM. */
function packed(value: number): string {
  const total = Math.round(Math.abs(value) * 60 * 1e4)
  const text = (Math.floor(total / 600_000) * 100 + (total % 600_000) / 1e4).toFixed(4)
  return value < 0 ? `-${text}` : text
}

export function readJointechDownlink(text: string): Downlink {
  const fields = text.replace(/^\(|\)$/g, '').split(',')
  const [word, first, second] = fields
  if (word === 'P69' && first === '0') return { kind: 'acknowledged', serial: Number(second) }
  if (word === 'P35' || word === 'S39' || word === 'S20') return { kind: 'acknowledged' }
  if (word === 'P43') return { kind: 'command', command: { kind: 'unlock', ...(first ? { password: first } : {}) } }
  if (word === 'P52' && first === '3' && second) return { kind: 'command', command: { kind: 'one-time-password', password: second } }
  if (word === 'P04' && first === '1') return { kind: 'command', command: { kind: 'set-interval', intervalS: Number(second) } }
  return { kind: 'other' }
}
