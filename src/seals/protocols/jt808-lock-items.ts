// Items of JT/T 808 in which padlocks speak of locks, cards, passwords and containers. Sources: the makers' published event lists (G-300, G-316, G-666) and
// the behaviour of open servers; the JT709's lock events as its makers' published reader takes them apart.
import { bit, type Cursor, hexOf } from './bytes.ts'
import { CANONICAL_EVENTS, type SealEvent } from './events.ts'
import { type JsonObject, type SealReport, tell } from './report.ts'

const REFUSED = 0xff
const CARD_UNLOCK = 0x22
const UNKNOWN_CARD = 0x23
const PASSWORD_UNLOCKS: ReadonlySet<number> = new Set([0x01, 0x02, 0x03, 0x05])

/** Item 0x0B (JT709 and kin): what was held to the lock, a card of four bytes or a password of six letters, and how it went (0xFF refused, else the fence or opened). */
export function readLockItem(item: Cursor, report: SealReport): void {
  const length = item.left
  if (length < 1) return
  const lockCommand = item.u8()
  const lock: JsonObject = { lockCommand }
  if (length === 5 || length === 6) lock.lockCard = item.u32()
  else if (length >= 7) lock.lockPassword = item.text(6)
  if (length % 2 === 0 && item.left >= 1) lock.unlockResult = item.u8()
  Object.assign(report.more, lock)
  tell(report, lockEvent(lockCommand, lock.unlockResult === REFUSED))
}

function lockEvent(lockCommand: number, isRefused: boolean): SealEvent | undefined {
  if (lockCommand === CARD_UNLOCK) return isRefused ? 'unseal-refused' : 'unsealed-by-card'
  if (lockCommand === UNKNOWN_CARD) return 'unseal-refused-unknown-card'
  if (PASSWORD_UNLOCKS.has(lockCommand)) return isRefused ? 'unseal-refused-wrong-password' : 'unsealed-by-platform'
  return undefined
}

/** Sub-locks of a radio gateway: events 0x61 to 0x66 carry their number. */
const [FIRST_SUB_LOCK_EVENT, LAST_SUB_LOCK_EVENT] = [0x61, 0x66]
const CARD_LETTERS = 8

/** Item 0x60: an event of the G-300 list and what belongs to it, a card, a user or a telephone number. */
export function readEventItem(item: Cursor, report: SealReport): void {
  if (item.left < 2) return
  const event = item.u16()
  report.more.event = event
  tell(report, CANONICAL_EVENTS[event])
  if (event >= FIRST_SUB_LOCK_EVENT && event <= LAST_SUB_LOCK_EVENT && item.left >= 6 + CARD_LETTERS) {
    report.more.lockId = item.hex(6)
    report.more.card = item.text(CARD_LETTERS)
    return
  }
  if (item.left < 1) return
  report.more.eventType = item.u8()
  if (item.left === 0) return
  const content = hexOf(item.bytes, item.at, item.end)
  const text = item.text(item.left).replace(/\0+$/, '')
  if (!/^[\x20-\x7e]+$/.test(text)) report.more.eventContentHex = content
  else if (/-card$|-by-card$|outside-area$/.test(CANONICAL_EVENTS[event] ?? '')) report.more.card = text
  else report.more.eventContent = text
}

const SEALED = 0x31

/** Item 0x63: sub-locks, eleven bytes each. */
export function readSubLocks(item: Cursor, report: SealReport): void {
  const locks: JsonObject[] = []
  while (item.left >= 11)
    locks.push({ id: item.hex(6), batteryV: item.u16() / 1000, sealed: item.u8() === SEALED, physicalState: item.u8(), rssi: item.u8() })
  if (locks.length > 0) report.more.locks = locks
}

/** Item 0xD5 with a count: sub-locks of five bytes with the card that was held to them last; bit 5 of their state is open. */
export function readCardLocks(item: Cursor, report: SealReport): void {
  const count = item.u8()
  const locks: JsonObject[] = []
  while (locks.length < count && item.left >= 13) {
    const [id, card, batteryPercent, state] = [item.hex(5), item.hex(5), item.u8(), item.u16()]
    locks.push({ id, card, batteryPercent, locked: !bit(state, 5), state })
  }
  if (locks.length > 0) report.more.locks = locks
}

/** Item 0xDA: how often the string was cut, and the state of string, movement and cover. */
export function readStringItem(item: Cursor, report: SealReport): void {
  if (item.left < 2) return
  report.more.stringCutCount = item.u16()
  if (item.left < 1) return
  const state = item.u8()
  Object.assign(report.status, { string: bit(state, 0), moving: bit(state, 2), cover: bit(state, 3) })
}
